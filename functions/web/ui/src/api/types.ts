// The facts that the HTTP API sends and takes, as docs and /api/openapi.json describe them. Times are ISO 8601 in UTC.

import type { Call } from "./call-types";
import type { Mail, MailKind, MailParts } from "./mail-types";
import type { Recording } from "./recording-types";
import type { StatusAction, TextParts } from "./texting-types";

export type Channel = "email" | "sms" | "whatsapp" | "voice" | "note";
export type ReplyChannel = "email" | "sms" | "whatsapp";
/** Lists of conversations, the one of mail that waits for a decision, and the one of customers to call back. */
export type View = "mine" | "snoozed" | "unassigned" | "all" | "filtered" | "closed" | "held" | "call-backs";
export type Presence = "ONLINE" | "AWAY" | "DRAINING" | "OFFLINE";

export type DeliveryStatus =
  "received" | "queued" | "sending" | "sent" | "delivered" | "read" | "unknown" | "undelivered" | "failed";

export interface Named {
  id: string;
  name: string;
}

export interface Inbox extends Named {
  /** What stands below every mail from it. */
  signature: string;
  /** Whether an answer by mail has the mail that it answers below, unless its author says otherwise. */
  quotes: boolean;
  /** What it can send on. */
  channels: Channel[];
  /** Where a number without a country's code is dialled (ISO 3166). */
  country: string;
}

export interface Me extends Named {
  role: string;
  presence: Presence;
  /** Why, or empty. */
  presence_reason: string;
  /** When they mean to be back, or null. */
  returns_at: string | null;
  /** Until when their places open bit by bit, or null once all are open. */
  ramping_until: string | null;
  /** They finish what they have, and get nothing new. */
  draining: boolean;
  /** How many conversations at once, and how many now, by channel. */
  capacity: Partial<Record<Channel, number>>;
  load: Partial<Record<Channel, number>>;
  inboxes: Inbox[];
  agents: Named[];
}

export interface Conversation {
  id: string;
  inbox: string;
  subject: string;
  status: "open" | "snoozed" | "closed";
  routing: string;
  channels: Channel[];
  /** `vip`: somebody who matters more. */
  contact: { id: string; name: string; address: string; vip?: boolean };
  assignee: string | null;
  /** Who is asked whether they take it, or null. */
  offered_to: string | null;
  /** When it goes on to somebody else, or null. */
  offered_until: string | null;
  /** The priority: 1 goes first, 99 last. */
  band: number;
  /** Seconds of age on top, within its band. */
  boost: number;
  /** The intake rules that it was routed by. */
  rules: string[];
  /** The one pool that alone may serve it, or null. */
  pool: string | null;
  heated: boolean;
  /** Why, in words. */
  heat: string[];
  /** The agent who had the last word on that, or empty. */
  heat_by: string;
  /** How often the customer has come with it. */
  rounds: number;
  /** When it comes back by itself, or null. */
  snoozed_until: string | null;
  waiting_since: string | null;
  preview: string;
  last_message_at: string;
  /** The latest message that the customer wrote or was sent: what a reply must have seen. */
  last_visible: string;
  /** What the mail that opened it was. */
  kind: MailKind;
  /** "bounce" when a mail of ours did not arrive and nobody has written since. */
  problem: string;
  /** The conversation that this one follows up, or empty. */
  follows: string;
  /** The conversation that this one goes on in since they were merged, or empty. */
  merged_into: string;
  /** Until when the customer may be answered freely on WhatsApp; null: they never wrote there. */
  whatsapp_until: string | null;
  /** Why nobody can write to the contact's address, or empty. */
  unanswerable: string;
  /** The conversations whose messages this one shows. */
  absorbed: string[];
  /** Its live call, a planned call-back or a call in wrap-up; null otherwise. */
  call?: Call | null;
}

export interface Attachment {
  id: string;
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
  inline: boolean;
  content_id: string;
  url: string;
}

export interface Message {
  id: string;
  conversation: string;
  direction: "inbound" | "outbound" | "internal";
  channel: Channel;
  /** What happened, when the entry is a step and not words: "call.offered", "ivr.choice" … */
  event: string;
  author: { kind: "contact" | "agent" | "system"; id: string; name: string; address: string };
  at: string;
  text: string;
  /** What its author wrote now, without what they quote. */
  visible_text: string;
  html: string | null;
  /** The history below the mail's own HTML. */
  quoted_html: string | null;
  mail: Mail | null;
  subject: string;
  attachments: Attachment[];
  status: DeliveryStatus;
  status_reason: string;
  /** The provider's code for why it failed, or empty. */
  status_code: string;
  status_action: StatusAction;
  /** When it is tried once more, or null. */
  again_at: string | null;
  /** In how many parts a text of ours goes; 0 for all else. */
  segments: number;
  /** "0.0083 USD", or null. */
  price_estimate: string | null;
  provider_id: string;
  explanation: string;
  /** Files of the customer's that are still on their way to us. */
  files_pending: number;
  recording: Recording | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Change {
  kind: "conversation" | "message" | "agent";
  conversation: string | null;
  agent: string | null;
}

export interface Changes extends Page<Change> {
  /** The cursor was too old: whatever is on screen must be read anew. */
  reset: boolean;
}

export interface Reply extends MailParts, TextParts {
  request_id: string;
  channel: ReplyChannel;
  text: string;
  seen: string;
  /** Send it although there is something newer that its author has not seen. */
  force?: boolean;
}

export interface Note {
  request_id: string;
  text: string;
}
