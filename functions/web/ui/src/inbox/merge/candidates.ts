// Which conversations one can be merged into, the likeliest first: pure.

import type { Conversation } from "../../api/types";

/** How many are offered at once. */
const OFFERED = 8;

/** Of those that are `known`: the same customer's first, then the latest; `query` is words of names and subjects. */
export function candidates(
  source: Conversation,
  known: Iterable<Conversation>,
  query: string,
): Conversation[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const found = [...known].filter(
    (target) => canTake(target, source) && words.every((word) => searched(target).includes(word)),
  );
  const rank = (target: Conversation) => Number(!isSameCustomer(target, source));
  found.sort(
    (one, other) => rank(one) - rank(other) || other.last_message_at.localeCompare(one.last_message_at),
  );
  return found.slice(0, OFFERED);
}

export function isSameCustomer(one: Conversation, other: Conversation): boolean {
  return one.contact.id === other.contact.id;
}

/** What the server would not refuse at once: an open one does not go on in a closed one. */
function canTake(target: Conversation, source: Conversation): boolean {
  const here = target.inbox === source.inbox && target.id !== source.id && !target.merged_into;
  return here && (target.status !== "closed" || source.status === "closed");
}

function searched({ subject, contact }: Conversation): string {
  return plain(`${subject} ${contact.name} ${contact.address}`);
}

/** In lower case and without accents, so that "jose" finds José. */
function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
