// What a delivery report means to the agent: who did not get the mail, why, and what to do next.

import type { Bounce } from "../../api/mail-types";

interface Fault {
  why: string;
  next: string;
}

/** By the last two parts of an enhanced code (RFC 3463, https://www.iana.org/assignments/smtp-enhanced-status-codes). */
const FAULTS: Record<string, Fault> = {
  "1.1": { why: "the mailbox does not exist", next: "Check the address, then send again." },
  "1.2": { why: "the domain does not exist", next: "Check what stands after the @, then send again." },
  "1.3": { why: "the address is misspelt", next: "Check the address, then send again." },
  "1.6": { why: "the mailbox has moved", next: "Ask the customer for the new address." },
  "1.10": { why: "the domain takes no mail", next: "Check what stands after the @, then send again." },
  "2.1": { why: "the mailbox is switched off", next: "Reach the customer another way." },
  "2.2": { why: "the mailbox is full", next: "Send again later, or reach the customer another way." },
  "2.3": { why: "the mail is too large for them", next: "Send smaller files, or fewer." },
  "3.4": { why: "the mail is too large for them", next: "Send smaller files, or fewer." },
  "4.1": {
    why: "their server does not answer",
    next: "Send again later, or reach the customer another way.",
  },
  "4.4": { why: "the domain takes no mail", next: "Check what stands after the @, then send again." },
  "4.7": { why: "their server did not take it in time", next: "Send again later." },
};
const REFUSED: Fault = {
  why: "their server refused it",
  next: "Reach the customer another way. An admin can read the full answer below.",
};
const UNKNOWN: Fault = { why: "their server gave no reason", next: "Check the address, then send again." };

export interface BounceWords {
  bad: boolean;
  /** "Not delivered to eva@example.org: the mailbox does not exist." */
  what: string;
  /** Empty when nothing is to be done. */
  next: string;
  /** The other server's own words. */
  diagnostic: string;
}

/** One line for each recipient of whom a report says more than that all is well. */
export function bounceWords(bounces: readonly Bounce[]): BounceWords[] {
  return bounces.filter(({ action }) => action === "failed" || action === "delayed").map(wordsOf);
}

function wordsOf({ recipient, action, status, diagnostic }: Bounce): BounceWords {
  const to = recipient || "one recipient";
  if (action === "delayed")
    return { bad: false, what: `Not yet at ${to}: their server is asked again.`, next: "", diagnostic };
  const { why, next } = faultOf(status);
  return { bad: true, what: `Not delivered to ${to}: ${why}.`, next, diagnostic };
}

function faultOf(status: string): Fault {
  const [, subject, detail] = status.split(".");
  if (subject === "7") return REFUSED;
  return FAULTS[`${subject}.${detail}`] ?? UNKNOWN;
}
