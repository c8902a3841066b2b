// The facts of the HTTP API that only mail has. Times are ISO 8601 in UTC, sizes are bytes.

import type { Attachment, Conversation, Message } from "./types";

/** A name and an address; either may be empty. */
export interface Mailbox {
  name: string;
  address: string;
}

export type MailKind =
  | "human"
  | "auto_reply"
  | "out_of_office"
  | "bounce"
  | "complaint"
  | "receipt"
  | "list"
  | "own_loop"
  | "spam"
  | "virus";

/** What a delivery report says about one recipient (RFC 3464). */
export interface Bounce {
  recipient: string;
  /** failed, delayed, delivered, relayed or expanded. */
  action: string;
  /** An enhanced code ("5.1.1"), or empty. */
  status: string;
  diagnostic: string;
}

export interface Warning {
  level: "warning" | "danger";
  text: string;
}

/** What a message that travelled by mail has besides its words. */
export interface Mail {
  kind: MailKind;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  reply_to: Mailbox[];
  /** Addresses of pictures that its HTML asked for and that were taken out. */
  remote_images: string[];
  /** One plain sentence for each thing that was repaired or cut. */
  defects: string[];
  bounces: Bounce[];
  /** Its sender had no part in the conversation before. */
  unverified: boolean;
  /** It came under a materially other subject. */
  off_subject: boolean;
  placeholder: boolean;
  /** A machine of ours wrote it. */
  automatic: boolean;
  /** Its raw form can be read. */
  source: boolean;
  warnings?: Warning[];
}

export type ReplyMode = "reply" | "reply_all" | "forward";

/** Who an answer would go to, as the server computes it. */
export interface ReplyPlan {
  to: Mailbox[];
  cc: Mailbox[];
  subject: string;
  quoted_text: string;
  /** What a forwarded mail takes along. */
  attachments: Attachment[];
  /** Domains that no earlier mail of the conversation had. */
  new_domains: string[];
  blocked: Blocked[];
}

export interface Blocked {
  address: string;
  reason: string;
  at: string;
}

/** What makes a reply a mail; absent parts are the server's choice. */
export interface MailParts {
  to?: Mailbox[];
  cc?: Mailbox[];
  bcc?: Mailbox[];
  subject?: string;
  answers?: string;
  forwards?: string;
  attachments?: string[];
  quote?: boolean;
}

export interface NewMail extends MailParts {
  request_id: string;
  inbox: string;
  channel: "email";
  to: Mailbox[];
  subject: string;
  text: string;
}

export interface Started {
  conversation: Conversation;
  message: Message;
}

export interface UploadRequest {
  filename: string;
  content_type: string;
  size: number;
}

/** Leave to put one file straight into the bucket: `headers` for a PUT, `fields` for a form. */
export interface UploadTicket {
  id: string;
  url: string;
  method: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
  expires: string;
}

/** What came in or was about to go out, and waits for a person to decide. */
export interface Held {
  id: string;
  direction: "inbound" | "outbound";
  channel: string;
  /** Null where no inbox owns what it came to. */
  inbox: string | null;
  at: string;
  reason: string;
  from: string;
  to: string;
  subject: string;
  preview: string;
  conversation: string | null;
  /** Somebody has released it, and it is on its way. */
  releasing: boolean;
}
