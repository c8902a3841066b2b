// What a merge will do, in words, before it is done.

import type { Conversation } from "../../api/types";
import { lasting } from "../../ui/time";
import type { Thread } from "../thread/timeline";
import { isSameCustomer } from "./candidates";
import { customerOf, titleOf } from "./names";

/** "Bill (3 messages, waiting 12 min) will go on in Invoice 17. …"; `thread` is what is loaded of `source`. */
export function previewWords(
  source: Conversation,
  target: Conversation,
  thread: Thread,
  now: number,
): string {
  const facts = [lengthWords(thread), waitingWords(source, now)].filter(Boolean).join(", ");
  const goesOn = `${titleOf(source)}${facts && ` (${facts})`} will go on in ${titleOf(target)}.`;
  return `${goesOn}${strangersWords(source, target)} Everything stays readable, and you can undo it.`;
}

function lengthWords({ messages, older }: Thread): string {
  const count = messages.filter(({ event }) => !event).length;
  if (older !== null) return `more than ${count} messages`;
  return count === 0 ? "" : `${count} ${count === 1 ? "message" : "messages"}`;
}

function waitingWords({ waiting_since: since, status }: Conversation, now: number): string {
  return since && status !== "closed" ? `waiting ${lasting(since, now)}` : "";
}

function strangersWords(source: Conversation, target: Conversation): string {
  if (isSameCustomer(source, target)) return "";
  return ` They are with two customers: ${customerOf(source)} and ${customerOf(target)}.`;
}
