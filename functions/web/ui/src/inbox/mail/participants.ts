// Who a conversation's mails went between, as one reads it and as one may answer it.

import type { Mailbox } from "../../api/mail-types";
import type { Conversation, Message } from "../../api/types";
import { domainOf, isAddress, joined, sameAddress, shortName } from "./mailbox";

/** How many names of a list a line spells out. */
const NAMED = 3;

/** "to Store, cc Tom Baker and 2 more"; empty where nothing is known. */
export function recipientsLine(mail: { to: Mailbox[]; cc: Mailbox[]; bcc: Mailbox[] }): string {
  const parts = [
    ["to", mail.to],
    ["cc", mail.cc],
    ["bcc", mail.bcc],
  ] as const;
  return parts
    .filter(([, list]) => list.length > 0)
    .map(([word, list]) => `${word} ${names(list)}`)
    .join(", ");
}

/** "Eva Lind, Tom Baker and 2 more". */
export function names(list: readonly Mailbox[]): string {
  const shown = list.length > NAMED + 1 ? list.slice(0, NAMED) : list;
  const more = list.length - shown.length;
  const words = shown.map(shortName).join(", ");
  return more > 0 ? `${words} and ${more} more` : words;
}

/** Everybody whom the loaded mails name, the customer first: suggestions for the composer. */
export function participants(
  conversation: Conversation | undefined,
  messages: readonly Message[],
): Mailbox[] {
  const mails = messages.flatMap((message) => {
    if (!message.mail) return [];
    const author = message.direction === "inbound" ? [authorOf(message)] : [];
    return [...author, ...message.mail.to, ...message.mail.cc];
  });
  const customer = conversation && conversation.contact.address.includes("@") ? [conversation.contact] : [];
  const everybody = joined(
    customer.map(({ name, address }) => ({ name, address })),
    mails,
  );
  return everybody.filter(({ address }) => address !== "");
}

export function authorOf({ author }: Message): Mailbox {
  return { name: author.name, address: author.address };
}

/** Messages without those whose sender was no part of the conversation: whom they name is not known by that. */
export function vouchedFor(messages: readonly Message[]): Message[] {
  return messages.filter(({ mail }) => !mail?.unverified);
}

interface Circle {
  conversation: Conversation | undefined;
  messages: readonly Message[];
  /** Domains that the server calls new although a mail on screen names them. */
  newDomains: readonly string[];
}

/** Recipients whom nobody vouches for: at a domain that the conversation has not had, or a stranger who wrote into it. */
export function outsiders(
  recipients: readonly Mailbox[],
  { conversation, messages, newDomains }: Circle,
): Mailbox[] {
  const known = participants(conversation, vouchedFor(messages));
  const strangers = messages.filter(({ mail }) => mail?.unverified).map(authorOf);
  const domains = new Set(known.map(({ address }) => domainOf(address)));
  for (const domain of newDomains) domains.delete(domain.toLowerCase());
  const among = (list: readonly Mailbox[], one: Mailbox) => list.some((other) => sameAddress(one, other));
  return recipients.filter(
    (mailbox) =>
      isAddress(mailbox.address) &&
      (!domains.has(domainOf(mailbox.address)) || (among(strangers, mailbox) && !among(known, mailbox))),
  );
}
