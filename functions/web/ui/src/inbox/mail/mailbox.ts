// Mail addresses as people type, paste and read them: taken apart, checked and put together again.

import type { Mailbox } from "../../api/mail-types";

/** RFC 5321, section 4.5.3.1.3. */
const LONGEST = 254;
/** What our mail service can carry: an ASCII local part, and a domain of at least two labels. */
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[^\s@.,;:<>()"\\[\]]+(\.[^\s@.,;:<>()"\\[\]]+)+$/;
/**
 * Up to the next comma, semicolon or line end that stands outside of quotes and angle brackets. What these hold is
 * limited, so that a paste full of opening ones does not make each look for its end.
 */
const ENTRY = /(?:"(?:\\.|[^"\\]){0,320}"|<[^<>]{0,320}>|[^,;\n\r"<]|["<])+/g;

export function isAddress(address: string): boolean {
  return address.length <= LONGEST && ADDRESS.test(address);
}

/** Every entry of a list as somebody typed or pasted it; what is no address is kept, to be mended. */
export function parseMailboxes(text: string): Mailbox[] {
  const entries = text.match(ENTRY) ?? [];
  return entries.map((entry) => entryOf(entry.trim())).filter(({ address }) => address !== "");
}

function entryOf(entry: string): Mailbox {
  const at = entry.lastIndexOf("<");
  if (at < 0 || !entry.endsWith(">")) return { name: "", address: entry.replace(/^mailto:/i, "") };
  return { name: unquoted(entry.slice(0, at).trim()), address: entry.slice(at + 1, -1).trim() };
}

function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, "$1").replaceAll(/\\(.)/g, "$1");
}

/** As it stands in a header: `Eva Lind <eva@example.org>`. */
export function formatMailbox({ name, address }: Mailbox): string {
  if (!name) return address;
  const shown = /[",;:<>@()[\]\\.]/.test(name) ? `"${name.replaceAll(/["\\]/g, "\\$&")}"` : name;
  return `${shown} <${address}>`;
}

/** The short form for a line of text. */
export function shortName({ name, address }: Mailbox): string {
  return name || address || "Undisclosed recipients";
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

export function sameAddress(one: Mailbox, other: Mailbox): boolean {
  return one.address.toLowerCase() === other.address.toLowerCase();
}

/** Both lists, each address once, the first spelling of it. */
export function joined(present: readonly Mailbox[], added: readonly Mailbox[]): Mailbox[] {
  const all: Mailbox[] = [];
  for (const mailbox of [...present, ...added])
    if (!all.some((known) => sameAddress(known, mailbox))) all.push(mailbox);
  return all;
}
