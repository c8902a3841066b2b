// What a customer wants of our texts, in the agent's words, and who may change it: decisions only.

import type { Consent, ConsentSource, Statement, Texting } from "../../api/texting-types";
import type { Me } from "../../api/types";

/** These Twilio holds as well: it refuses our texts until the customer sends START. */
const BY_CUSTOMER: readonly ConsentSource[] = ["keyword", "advanced", "refused"];

export function isByCustomer({ source }: Pick<Consent, "source">): boolean {
  return BY_CUSTOMER.includes(source);
}

/** The consent that forbids a text, or undefined. */
export function optOutOf({ consents }: Pick<Texting, "consents">): Consent | undefined {
  return consents.find(({ state }) => state === "out");
}

/** Whether an agent may change it: lifting what the customer said by text takes a lead. */
export function mayChange(consent: Consent | undefined, role: string): boolean {
  return role !== "agent" || consent?.state !== "out" || !isByCustomer(consent);
}

/** "2 March", with the year where it is not this one. */
export function dayWords(iso: string, now: number, locale?: string): string {
  const same = new Date(iso).getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = {
    day: "numeric",
    month: "long",
    ...(same ? {} : { year: "numeric" }),
  };
  return new Intl.DateTimeFormat(locale, options).format(Date.parse(iso));
}

interface Told {
  me: Me | null;
  now: number;
  locale?: string;
}

/** "Opted out with “STOP” on 2 March"; `words` are the customer's, or an agent's reason. */
export function statementWords(
  said: Omit<Statement, "words">,
  words: string,
  { me, now, locale }: Told,
): string {
  const verb = said.state === "out" ? "opted out" : "opted in";
  const day = dayWords(said.at, now, locale);
  const by = me?.agents.find(({ id }) => id === said.by)?.name ?? said.by;
  const told: Record<ConsentSource, string> = {
    "": "",
    keyword: `The customer ${verb} with “${words}” on ${day}`,
    advanced: `The customer ${verb} with “${words}” on ${day}`,
    refused: `The customer ${verb} on ${day}, as Twilio reported`,
    agent: `${by} noted on ${day} that the customer ${verb}: ${words}`,
    import: `An import said on ${day} that the customer ${verb}`,
  };
  return told[said.source].replace(/\.$/, "");
}

/** The same of what holds now; the server's sentence has the words. */
export function consentWords(consent: Consent, told: Told): string {
  const { state, source, since, by, reason } = consent;
  if (state === "none" || !since) return "Never asked for texts, never declined them";
  const quoted = /“(.*)”/s.exec(reason)?.[1] ?? "";
  const noted = reason.slice(reason.indexOf(": ") + 2);
  return statementWords({ state, source, at: since, by }, source === "agent" ? noted : quoted, told);
}

/** What remains to be done where a customer has opted out. */
export function wayOut(consent: Consent, others: readonly string[]): string {
  const still = others.length > 0 ? `${listed(others)} still works. ` : "";
  return isByCustomer(consent) ? `${still}They can lift it by texting START.` : still.trim();
}

function listed(ways: readonly string[]): string {
  const words = ways.join(" or ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
