// Where a conversation's messages are read since it was merged into another.

import type { Message } from "../../api/types";
import type { Store } from "../../store";

/** The conversation in whose timeline a message stands: its own, or the one that has absorbed it. */
export function shownIn(
  { conversations }: Store,
  { conversation: own }: Pick<Message, "conversation">,
): string {
  for (const { id, absorbed } of conversations.value.values()) if (absorbed.includes(own)) return id;
  return own;
}

/** `touched`, and those that show the messages of one of them. */
export function withTargets({ conversations }: Store, touched: readonly string[]): ReadonlySet<string> {
  const all = new Set(touched);
  for (const { id, absorbed } of conversations.value.values())
    if (absorbed.some((source) => all.has(source))) all.add(id);
  return all;
}
