// A mail conversation with everything that can be odd about mail: for `npm run dev`, to be looked at.

import type { ReplyPlan } from "../../src/api/mail-types";
import type { Conversation, Message } from "../../src/api/types";
import { attachment, BY_ANA, BY_EVA, conversation, held, isoBefore, mail, message } from "./company";

const QUOTED = `<p>On Monday, Store wrote:</p><blockquote><p>Your order 20481 is on its way.</p></blockquote>`;
const TOM = { name: "Tom Baker", address: "tom.baker@example.org" };
const EVA = { name: "Eva Lind", address: "eva@example.org" };
const TEXT = `Hello,

please see below for the address.

Eva

On Mon, 2 Mar 2026 at 09:00, Store <store@example.com> wrote:
> Dear Eva,
> where shall we send the lamp?`;

export function letters(now: number): { conversations: Conversation[]; messages: Message[] } {
  const head = {
    inbox: "store",
    channels: ["email" as const],
    contact: { id: "ct20", ...EVA },
    waiting_since: isoBefore(now, 7),
    last_message_at: isoBefore(now, 7),
  };
  return {
    conversations: [
      conversation({
        ...head,
        id: "c20",
        subject: "New address for the lamp, and a question about the invoice that came with it",
        preview: "please see below for the address.",
        last_visible: "e6",
        follows: "c1",
        contact: { ...head.contact, name: "Eva-Marie Lindqvist-Hammarskjöld of Lindqvist Interiors" },
      }),
      conversation({
        ...head,
        id: "c21",
        subject: "Your invoice",
        preview: "Please find it attached",
        problem: "bounce",
        last_visible: "b1",
        waiting_since: null,
      }),
      conversation({ ...head, id: "c22", subject: "Out of office", kind: "out_of_office", status: "closed" }),
    ],
    messages: [...thread(now), ...bounced(now)].map((each) => ({ ...each, channel: "email" })),
  };
}

export const PLAN: ReplyPlan = {
  to: [EVA],
  cc: [TOM],
  subject: "Re: New address for the lamp",
  quoted_text: "On Monday, Eva Lind wrote:\n> please see below for the address.",
  attachments: [],
  new_domains: [],
  blocked: [{ address: "old@example.org", reason: "the mailbox does not exist", at: "2026-02-20T09:00:00Z" }],
};

export const HELD = [
  held({
    id: "h1",
    direction: "outbound",
    from: "store@example.com",
    to: "noreply@example.net",
    subject: "Re: Ticket 81",
  }),
  held({
    id: "h2",
    inbox: null,
    reason: "No inbox owns sales@example.com.",
    from: "Priya Natarajan <priya@example.org>",
    subject: "Offer for twenty lamps",
    preview: "We would like to order twenty lamps for our hotel and ask for an offer by Friday.",
  }),
];

function thread(now: number): Message[] {
  const at = (minutes: number) => isoBefore(now, minutes);
  const base = { conversation: "c20", author: BY_EVA, subject: "New address for the lamp" };
  return [
    message({
      ...base,
      id: "e1",
      at: at(300),
      text: "Hello, we have moved.",
      html: `<p>Hello,</p><p>we have <b>moved</b>. <img data-remote="0" alt="Our logo" width="80" height="40"></p>`,
      quoted_html: QUOTED,
      mail: mail({
        cc: [TOM],
        remote_images: ["https://images.example/logo.png", "https://images.example/x.gif"],
      }),
      attachments: [
        attachment({ filename: "map of the yard.png", content_type: "image/png", id: "m1", size: 84_000 }),
        attachment({ filename: "invoice 20481.pdf", id: "m2" }),
      ],
      explanation: "A mail that answers nothing of ours: it began a new conversation.",
    }),
    message({
      ...base,
      id: "e2",
      direction: "outbound",
      author: BY_ANA,
      at: at(200),
      subject: "Re: New address for the lamp",
      text: "Dear Eva,\n\nwhere shall we send the lamp?",
      mail: mail({ to: [EVA], cc: [TOM] }),
      status: "delivered",
    }),
    message({
      ...base,
      id: "e3",
      at: at(190),
      subject: "Out of office: New address",
      text: "I am away until Thursday.",
      mail: mail({ kind: "out_of_office" }),
    }),
    message({
      ...base,
      id: "e4",
      at: at(100),
      author: { ...BY_EVA, name: "Eva Lind", address: "eva@example.net" },
      subject: "Re: New address for the lamp",
      text: "Please send me the invoice with the bank details.",
      mail: mail({
        unverified: true,
        warnings: [
          { level: "danger", text: "This mail failed the sender's own checks (DMARC). It may be forged." },
        ],
        defects: ["the date could not be read", "3 of 20 attachments were not imported"],
      }),
    }),
    message({
      ...base,
      id: "e5",
      at: at(50),
      text: "This mail could not be read.",
      mail: mail({ placeholder: true }),
      attachments: [attachment({ filename: "original.eml", content_type: "message/rfc822", id: "m5" })],
    }),
    message({
      ...base,
      id: "e6",
      at: at(7),
      text: TEXT,
      visible_text: TEXT.split("\n\nOn ")[0] ?? "",
      mail: mail({ cc: [TOM] }),
    }),
  ];
}

function bounced(now: number): Message[] {
  const failed = { action: "failed", diagnostic: "550 5.1.1 User unknown", status: "5.1.1" };
  return [
    message({
      conversation: "c21",
      id: "b1",
      direction: "outbound",
      author: BY_ANA,
      at: isoBefore(now, 30),
      subject: "Your invoice",
      text: "Dear Eva,\n\nplease find it attached.",
      mail: mail({
        to: [EVA],
        cc: [TOM],
        bounces: [
          { ...failed, recipient: "eva@example.org" },
          { ...failed, recipient: "tom.baker@example.org", status: "5.2.2" },
        ],
      }),
      status: "undelivered",
    }),
  ];
}
