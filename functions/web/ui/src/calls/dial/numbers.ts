// The numbers under which a customer was seen in a conversation.

import type { Call } from "../../api/call-types";
import type { Conversation, Message } from "../../api/types";

type Seen = Pick<Conversation, "contact"> & { call?: Pick<Call, "number"> | null };

/** The contact's own first, then those of messages, the latest first; each once. */
export function numbersOf({ contact, call }: Seen, messages: readonly Message[]): string[] {
  const written = messages
    .filter(({ author }) => author.kind === "contact")
    .map(({ author }) => author.address)
    .reverse();
  const all = [contact.address, call?.number ?? "", ...written];
  return [...new Set(all.filter((address) => /^\+\d{7,15}$/.test(address)))];
}
