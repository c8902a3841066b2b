// How many parts a text message is sent in, and which character made it dearer.

import { septets } from "./gsm7";

/** Units in a message that stands alone, and in each part of a longer one (3GPP TS 23.040, 9.2.3.24.1). */
const ROOM = { "GSM-7": { alone: 160, part: 153 }, "UCS-2": { alone: 70, part: 67 } } as const;

export interface Segments {
  encoding: keyof typeof ROOM;
  /** Septets or 16-bit units. */
  units: number;
  parts: number;
  /** Units still free in the last part. */
  left: number;
  /** The first character outside GSM-7, which flips the whole message to UCS-2. */
  culprit: string | null;
}

/** `tollFree`: a toll-free number of ours sends it, whose parts hold one unit less. */
export function segments(text: string, tollFree = false): Segments {
  const characters = [...text];
  const culprit = characters.find((character) => septets(character) === undefined) ?? null;
  const encoding = culprit === null ? "GSM-7" : "UCS-2";
  const costs = characters.map((character) =>
    culprit === null ? (septets(character) ?? 1) : character.length,
  );
  return { encoding, culprit, ...fill(costs, roomOf(encoding, tollFree)) };
}

function roomOf(encoding: keyof typeof ROOM, tollFree: boolean) {
  const { alone, part } = ROOM[encoding];
  return { alone, part: tollFree ? part - 1 : part };
}

/** The prefixes of the North American plan that a caller does not pay for. */
export function isTollFree(number: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)\d{7}$/.test(number);
}

/** A text as it leaves: without blanks around it, with the notice of a first one below. */
export function wholeText(text: string, notice: string): string {
  const words = text.trim();
  return words && notice ? `${words}\n\n${notice}` : words || notice;
}

/** A character that takes two units is never divided between two parts. */
function fill(costs: number[], room: { alone: number; part: number }) {
  const units = costs.reduce((sum, cost) => sum + cost, 0);
  if (units <= room.alone) return { units, parts: units === 0 ? 0 : 1, left: room.alone - units };
  let parts = 1;
  let used = 0;
  for (const cost of costs) {
    if (used + cost > room.part) {
      parts += 1;
      used = 0;
    }
    used += cost;
  }
  return { units, parts, left: room.part - used };
}
