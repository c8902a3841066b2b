// A heated conversation in words. Pure.

import type { Conversation } from "../../api/types";

export const NO_SCORE = "It spreads hard conversations fairly; nobody is scored by it.";

/** "Signs: angry words: “ridiculous”; marked by Ana Ruiz." */
export function heatSentence({ heat }: Pick<Conversation, "heat">): string {
  if (heat.length === 0) return "Somebody marked it.";
  const [first = "", ...others] = heat;
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join("; ")}.`;
}
