// What is offered in writing: whose it may be, and for how long. A call that rings has a card of its own.

import type { Conversation } from "../../api/types";
import type { Store } from "../../store";

const RINGS = ["queued", "offering"];

/** Whether the agent is asked whether they take it. */
export function isOfferedTo({ offered_to: to, call }: Conversation, agent: string | undefined): boolean {
  return Boolean(to) && to === agent && !RINGS.includes(call?.state ?? "");
}

/** All that the agent of this screen is asked about, the most urgent first. */
export function offersOf(store: Store): Conversation[] {
  const me = store.me.value?.id;
  return [...store.conversations.value.values()]
    .filter((head) => isOfferedTo(head, me))
    .sort((one, other) => endOf(one) - endOf(other));
}

/** When it goes on to somebody else, in milliseconds since the epoch. */
export function endOf({ offered_until: until }: Conversation): number {
  return Date.parse(until ?? "");
}

/** The same conversation may be offered again later. */
export function offerId({ id, offered_until: until }: Conversation): string {
  return `${id} ${until}`;
}

/** What it is, in a sentence. */
export function pieceOf({ channels }: Conversation): string {
  return channels.at(-1) === "email" ? "a mail" : "a message";
}
