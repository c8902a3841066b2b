// How incoming calls sound on this device: kept in the browser, for each agent.

export interface RingSetting {
  on: boolean;
  /** From 0 to 1. */
  volume: number;
  /** The device that rings and talks; empty for the system's own choice. */
  output: string;
}

export const DEFAULT_RING: RingSetting = { on: true, volume: 0.5, output: "" };

type Shelf = Pick<Storage, "getItem" | "setItem">;

function keyOf(agent: string): string {
  return `heartline.ring.${agent}`;
}

/** What is damaged or missing is the default. */
export function readRing(shelf: Shelf, agent: string): RingSetting {
  try {
    const { on, volume, output } = JSON.parse(shelf.getItem(keyOf(agent)) ?? "{}") as Partial<RingSetting>;
    return {
      on: typeof on === "boolean" ? on : DEFAULT_RING.on,
      volume: typeof volume === "number" ? Math.min(1, Math.max(0, volume)) : DEFAULT_RING.volume,
      output: typeof output === "string" ? output : "",
    };
  } catch {
    return DEFAULT_RING;
  }
}

/** A full or forbidden store is no reason not to ring. */
export function writeRing(shelf: Shelf, agent: string, setting: RingSetting): void {
  try {
    shelf.setItem(keyOf(agent), JSON.stringify(setting));
  } catch {
    return;
  }
}
