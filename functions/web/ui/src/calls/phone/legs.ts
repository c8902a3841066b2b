// The legs that ring or talk in this browser: which call each belongs to, and what becomes of it.

import type { CallsState, Leg } from "../state";
import type { SdkCall, SdkError } from "./sdk";

export interface Legs {
  take(call: SdkCall): void;
  /** This and the following answer whether this browser has a leg for it. */
  answer(call: string): boolean;
  reject(call: string): boolean;
  mute(on: boolean): boolean;
  digits(digits: string): boolean;
  clear(): void;
}

/** The leg of a call; one that nobody named is taken for it where there is no other. */
export function legOf(legs: readonly Leg[], call: string): Leg | undefined {
  const nameless = legs.length === 1 && legs[0]?.call === "" ? legs[0] : undefined;
  return legs.find((leg) => leg.call === call) ?? nameless;
}

export function createLegs({ legs }: CallsState, failed: (error: SdkError) => void): Legs {
  return new BrowserLegs(legs, failed);
}

class BrowserLegs implements Legs {
  readonly #lines = new Map<string, SdkCall>();
  #drawn = 0;

  constructor(
    private readonly legs: CallsState["legs"],
    private readonly failed: (error: SdkError) => void,
  ) {}

  take(call: SdkCall): void {
    const sid = call.parameters.CallSid ?? `leg-${(this.#drawn += 1)}`;
    this.#lines.set(sid, call);
    call.on("accept", () => this.#patch(sid, { state: "talking" }));
    for (const event of ["disconnect", "cancel", "reject"] as const) call.on(event, () => this.#drop(sid));
    call.on("error", this.failed);
    const id = call.customParameters.get("call") ?? "";
    this.legs.value = [...this.legs.peek(), { sid, call: id, state: "ringing" }];
  }

  answer(call: string): boolean {
    const line = this.#line(this.#ringing(call));
    line?.accept();
    return line !== undefined;
  }

  reject(call: string): boolean {
    const leg = this.#ringing(call);
    this.#line(leg)?.reject();
    if (leg) this.#drop(leg.sid);
    return leg !== undefined;
  }

  mute(on: boolean): boolean {
    const talking = this.#talking();
    for (const leg of talking) this.#line(leg)?.mute(on);
    return talking.length > 0;
  }

  digits(digits: string): boolean {
    const talking = this.#talking();
    for (const leg of talking) this.#line(leg)?.sendDigits(digits);
    return talking.length > 0;
  }

  clear(): void {
    this.#lines.clear();
    this.legs.value = [];
  }

  #ringing(call: string): Leg | undefined {
    const ringing = this.legs.peek().filter(({ state }) => state === "ringing");
    return legOf(ringing, call);
  }

  #talking(): Leg[] {
    return this.legs.peek().filter(({ state }) => state === "talking");
  }

  #line(leg: Leg | undefined): SdkCall | undefined {
    return this.#lines.get(leg?.sid ?? "");
  }

  #patch(sid: string, change: Partial<Leg>): void {
    this.legs.value = this.legs.peek().map((leg) => (leg.sid === sid ? { ...leg, ...change } : leg));
  }

  #drop(sid: string): void {
    this.#lines.delete(sid);
    this.legs.value = this.legs.peek().filter((leg) => leg.sid !== sid);
  }
}
