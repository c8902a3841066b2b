// What a conversation is called within a sentence.

import type { Conversation } from "../../api/types";

/** Its subject; without one, its customer. */
export function titleOf({ subject, contact }: Conversation): string {
  return subject || customerOf({ contact });
}

export function customerOf({ contact }: Pick<Conversation, "contact">): string {
  return contact.name || contact.address || "Unknown caller";
}
