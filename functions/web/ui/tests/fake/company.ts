// A small company on an ordinary morning: what the fake API starts with.

import type { Held, Mail } from "../../src/api/mail-types";
import type { Attachment, Conversation, Inbox, Me, Message } from "../../src/api/types";
import type { Outgoing } from "../../src/inbox/composer/outgoing";

const MINUTE = 60_000;

export function isoBefore(now: number, minutes: number): string {
  return new Date(now - minutes * MINUTE).toISOString();
}

const SENDS_ALL: Pick<Inbox, "channels" | "country"> = {
  channels: ["email", "sms", "whatsapp"],
  country: "US",
};

export const ANA: Me = {
  id: "ana",
  name: "Ana Ruiz",
  role: "agent",
  presence: "ONLINE",
  presence_reason: "",
  returns_at: null,
  ramping_until: null,
  draining: false,
  capacity: { email: 3, sms: 5, whatsapp: 3, voice: 1 },
  load: { email: 1, sms: 2 },
  inboxes: [
    { id: "store", name: "Store", signature: "Your Store", quotes: true, ...SENDS_ALL },
    { id: "billing", name: "Billing", signature: "", quotes: false, channels: ["email"], country: "US" },
  ],
  agents: [
    { id: "ana", name: "Ana Ruiz" },
    { id: "ben", name: "Ben Okafor" },
    { id: "chloe", name: "Chloé Martin" },
  ],
};

export function conversation(patch: Partial<Conversation> & { id: string }): Conversation {
  return {
    inbox: "store",
    subject: "",
    status: "open",
    routing: patch.assignee === null ? "WAITING" : "ASSIGNED",
    channels: ["sms"],
    contact: { id: "ct1", name: "Maria Lopez", address: "+15550100", vip: false },
    assignee: "ana",
    offered_to: null,
    offered_until: null,
    band: 5,
    boost: 0,
    rules: [],
    pool: null,
    heated: false,
    heat: [],
    heat_by: "",
    rounds: 1,
    snoozed_until: null,
    waiting_since: null,
    preview: "",
    last_message_at: "2026-03-02T09:00:00Z",
    last_visible: "m1",
    kind: "human",
    problem: "",
    follows: "",
    merged_into: "",
    whatsapp_until: null,
    unanswerable: "",
    absorbed: [],
    ...patch,
  };
}

export function message(patch: Partial<Message> & { id: string }): Message {
  return {
    conversation: "c1",
    direction: "inbound",
    channel: "sms",
    event: "",
    author: { kind: "contact", id: "phone:+15550100", name: "Maria Lopez", address: "+15550100" },
    at: "2026-03-02T09:00:00Z",
    text: "",
    visible_text: patch.text ?? "",
    html: null,
    quoted_html: null,
    mail: null,
    subject: "",
    attachments: [],
    status: patch.direction === "outbound" ? "delivered" : "received",
    status_reason: "",
    status_code: "",
    status_action: "none",
    again_at: null,
    segments: 0,
    price_estimate: null,
    provider_id: "",
    explanation: "",
    files_pending: 0,
    recording: null,
    ...patch,
  };
}

export function mail(patch: Partial<Mail> = {}): Mail {
  return {
    kind: "human",
    to: [SUPPORT],
    cc: [],
    bcc: [],
    reply_to: [],
    remote_images: [],
    defects: [],
    bounces: [],
    unverified: false,
    off_subject: false,
    placeholder: false,
    automatic: false,
    source: true,
    warnings: [],
    ...patch,
  };
}

export function held(patch: Partial<Held> & { id: string }): Held {
  return {
    direction: "inbound",
    channel: "email",
    inbox: "store",
    at: "2026-03-02T09:00:00Z",
    reason: "More than 20 mails from this sender within an hour.",
    from: "alerts@example.net",
    to: "store@example.com",
    subject: "Disk almost full",
    preview: "The disk of host 7 is almost full.",
    conversation: null,
    releasing: false,
    ...patch,
  };
}

export function attachment(patch: Partial<Attachment>): Attachment {
  return {
    id: "a1",
    filename: "file.pdf",
    content_type: "application/pdf",
    size: 84_213,
    inline: false,
    content_id: "",
    url: "/icon.svg",
    ...patch,
  };
}

/** A reply on its way by text, as the composer makes it. */
export function outgoing(patch: Partial<Outgoing> = {}): Outgoing {
  return {
    requestId: "r1",
    conversation: "c1",
    channel: "sms",
    text: "Tomorrow",
    mail: null,
    files: [],
    number: "",
    template: null,
    overrideQuiet: false,
    seen: "m1",
    force: false,
    at: "2026-03-02T09:30:00Z",
    state: "sending",
    reason: "",
    code: "",
    ...patch,
  };
}

export const SUPPORT = { name: "Store", address: "store@example.com" };
export const BY_EVA = {
  kind: "contact",
  id: "email:eva",
  name: "Eva Lind",
  address: "eva@example.org",
} as const;
export const BY_ANA = { kind: "agent", id: "ana", name: "Ana Ruiz", address: "" } as const;
export const BY_BEN = { kind: "agent", id: "ben", name: "Ben Okafor", address: "" } as const;
export const BY_SYSTEM = { kind: "system", id: "router", name: "", address: "" } as const;
