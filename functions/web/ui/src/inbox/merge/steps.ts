// Takes apart the lines that say what was merged, parted or split: the server names the other conversation by its id.

import type { Message } from "../../api/types";

export interface Step {
  before: string;
  /** The id of the other conversation. */
  other: string;
  after: string;
}

const STEPS = new Set([
  "conversation.merged",
  "conversation.parted",
  "conversation.split",
  "conversation.begun",
]);
/** The id stands in the middle ("Ana merged … into this") or at the end ("Ana split this off from …"). */
const SHAPES = [
  /^(.* (?:merged|took) )(\S+)( (?:into|out of) this)$/s,
  /^(.* (?:into|out of|to|from) )(\S+)()$/s,
];

/** Null for what is no such line. */
export function stepOf({ event, text }: Pick<Message, "event" | "text">): Step | null {
  if (!STEPS.has(event)) return null;
  for (const shape of SHAPES) {
    const [, before = "", other = "", after = ""] = shape.exec(text) ?? [];
    if (other) return { before, other, after };
  }
  return null;
}

/** Both sides of a merge have their line; where both stand in the `open` conversation its own is enough. */
export function isEcho(message: Message, open: string | null): boolean {
  const both = message.event === "conversation.merged" || message.event === "conversation.parted";
  return both && message.conversation !== open && stepOf(message)?.other === open;
}
