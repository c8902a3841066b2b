// The facts of the HTTP API that only texts and WhatsApp have. Times are ISO 8601 in UTC, numbers are E.164.

import type { ReplyChannel } from "./types";

/** What to do about a message that did not arrive. */
export type StatusAction =
  | "none"
  | "call_instead"
  | "ask_other_number"
  | "tell_admin"
  | "shorten"
  | "opted_out"
  | "wait"
  | "use_template"
  | "change_file"
  | "retried";

export type ConsentState = "in" | "out" | "none";
/** How it is known: a keyword, Twilio's own reading of one, its refusal of a text, an agent, an import. */
export type ConsentSource = "" | "keyword" | "advanced" | "refused" | "agent" | "import";

/** A rule that stands against a text. */
export interface Rule {
  code: "destination" | "opted_out" | "quiet_hours";
  message: string;
  overridable: boolean;
}

/** What a phone wants of one sender's texts. */
export interface Consent {
  sender: string;
  number: string;
  state: ConsentState;
  source: ConsentSource;
  since: string | null;
  by: string;
  reason: string;
}

export interface Statement {
  state: "in" | "out";
  source: ConsentSource;
  at: string;
  by: string;
  /** The customer's words, or the reason of an agent. */
  words: string;
}

export interface ConsentHistory {
  consents: Consent[];
  /** The latest first. */
  history: Statement[];
}

/** How a text to a number stands. */
export interface Texting {
  sender: string;
  service: string;
  number: string;
  /** Those known of the customer, the latest first. */
  numbers: string[];
  country: string;
  line: string;
  can_text: boolean;
  against: Rule[];
  consents: Consent[];
  quiet_until: string | null;
  /** What stands below a first text, or empty. */
  notice: string;
  estimate: Estimate;
}

export interface Estimate {
  text: string;
  encoding: string;
  units: number;
  segments: number;
  flipped_by: string;
  price: string | null;
  /** What one part costs, or null where no price is configured. */
  segment_price: string | null;
  currency: string | null;
}

/** Words that WhatsApp has approved, with places such as `{{1}}`. */
export interface Template {
  sid: string;
  name: string;
  language: string;
  body: string;
  variables: string[];
}

export interface FilledTemplate {
  sid: string;
  variables: Record<string, string>;
}

/** What makes a reply a text or a WhatsApp message. */
export interface TextParts {
  number?: string;
  attachments?: string[];
  template?: FilledTemplate;
  override_quiet?: boolean;
}

/** A first text or WhatsApp message; the number is written as it is dialled in the inbox's country, or with +. */
export interface NewText extends TextParts {
  request_id: string;
  inbox: string;
  channel: Exclude<ReplyChannel, "email">;
  number: string;
  text: string;
  /** Write although the customer has an open conversation. */
  anyway?: boolean;
}
