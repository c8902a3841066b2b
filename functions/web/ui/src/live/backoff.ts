// How long to wait before the next attempt to reconnect.

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Doubles with each failed attempt; a random half keeps a whole team from coming back in the same instant. */
export function delayBefore(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt));
  return ceiling / 2 + (ceiling / 2) * random;
}
