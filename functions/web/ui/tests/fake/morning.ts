// The conversations of that morning: one story over mail, texts and a call, and a queue of others.

import type { Conversation, Message } from "../../src/api/types";
import { attachment, BY_ANA, BY_BEN, BY_SYSTEM, conversation, isoBefore, message } from "./company";
import { recording, said, transcript } from "./recordings";

const MAIL = `<p>Hello,</p><p>the parcel for order <b>20481</b> arrived today, but the lamp inside is
  <a href="https://example.com/photos">broken</a>. I need it by Friday for my mother's birthday.</p>
  <blockquote><p>Your order 20481 is on its way.</p></blockquote>
  <table><tr><th>Item</th><th>Quantity</th></tr><tr><td>Lamp Aurora</td><td>1</td></tr></table>
  <img src="https://tracker.example.com/open.gif"><script>document.title = "broken in"</script>`;

const OTHERS: [name: string, channel: "email" | "sms" | "voice", subject: string, preview: string][] = [
  [
    "Jonas Weber",
    "email",
    "Invoice 2291 shows the wrong VAT",
    "Our accountant needs a corrected invoice before",
  ],
  ["Amina Diallo", "sms", "", "Is the store open on the holiday?"],
  ["+1 555 010 7788", "voice", "", "Voicemail, 0:42"],
  [
    "Kenji Watanabe",
    "email",
    "Re: Spare parts for the Nova 3",
    "Thank you, the hinge fits. One more question about",
  ],
  ["Sofía Hernández", "sms", "", "Gracias, ya llegó el paquete"],
  [
    "Priya Natarajan",
    "email",
    "Change of delivery address",
    "We moved last week. Can order 20502 still be sent to",
  ],
  [
    "Tom Baker",
    "email",
    "Refund still missing after three weeks",
    "This is the third time that I write about it",
  ],
];

export function morning(now: number): { conversations: Conversation[]; messages: Message[] } {
  return {
    conversations: [story(now), ...OTHERS.map((other, index) => row(now, other, index))],
    messages: timeline(now),
  };
}

function story(now: number): Conversation {
  return conversation({
    id: "c1",
    subject: "Broken lamp in order 20481",
    channels: ["email", "voice", "sms"],
    contact: { id: "ct1", name: "Maria Lopez", address: "maria.lopez@example.com" },
    waiting_since: isoBefore(now, 12),
    preview: "Thank you so much. Will it really be here by Friday?",
    last_message_at: isoBefore(now, 12),
    last_visible: "m9",
  });
}

function row(
  now: number,
  [name, channel, subject, preview]: (typeof OTHERS)[number],
  index: number,
): Conversation {
  const minutes = 4 + index * index * 17;
  const assignee = [null, "ana", null, "ben", "ana", "chloe", null][index] ?? null;
  return conversation({
    id: `c${index + 2}`,
    subject,
    preview,
    channels: [channel],
    contact: {
      id: `ct${index + 2}`,
      name,
      address: channel === "email" ? "someone@example.com" : "+15550107788",
    },
    assignee,
    waiting_since: assignee === null ? isoBefore(now, minutes) : null,
    last_message_at: isoBefore(now, minutes),
    last_visible: `c${index + 2}-m1`,
  });
}

function timeline(now: number): Message[] {
  const at = (minutes: number) => isoBefore(now, minutes);
  const mail = {
    kind: "contact",
    id: "email:maria",
    name: "Maria Lopez",
    address: "maria.lopez@example.com",
  } as const;
  return [
    message({
      id: "m1",
      channel: "email",
      author: mail,
      at: at(1540),
      subject: "Broken lamp in order 20481",
      text: "Hello, the parcel arrived, but the lamp inside is broken.",
      html: MAIL,
      attachments: [attachment({ filename: "lamp broken at the foot.pdf" })],
      explanation: "First mail from this address: it began a new conversation.",
    }),
    message({
      id: "m2",
      direction: "internal",
      event: "assigned",
      author: BY_SYSTEM,
      at: at(1538),
      text: "Given to Ana: speaks Spanish, online, 1 of 3 mails",
    }),
    message({
      id: "m3",
      channel: "email",
      direction: "outbound",
      author: BY_ANA,
      at: at(1500),
      subject: "Re: Broken lamp in order 20481",
      text: "Dear Maria,\n\nI am sorry about the lamp. A new one leaves our store today, and you need not send the broken one back.\n\nYou can follow it here: https://example.com/track/20481.\n\nAna",
      status: "delivered",
    }),
    message({
      id: "m4",
      channel: "voice",
      direction: "internal",
      event: "call.queued",
      provider_id: "CA0",
      author: BY_SYSTEM,
      at: at(62),
      text: "Called and chose 2: an order.",
    }),
    message({
      id: "m5",
      channel: "voice",
      direction: "internal",
      event: "call.offered",
      provider_id: "CA0",
      author: BY_SYSTEM,
      at: at(61),
      text: "Offered to Ben Okafor.",
    }),
    message({
      id: "m5b",
      channel: "voice",
      direction: "internal",
      event: "call.missed",
      provider_id: "CA0",
      author: BY_SYSTEM,
      at: at(60),
      text: "Hung up after waiting for 1 min 20 s. Call back.",
    }),
    message({
      id: "m6",
      channel: "voice",
      at: at(60),
      text: "Voicemail, 0:21",
      attachments: [
        attachment({ id: "a2", filename: "voicemail.mp3", content_type: "audio/mpeg", size: 168_000 }),
      ],
      recording: recording({
        seconds: 21,
        keep_until: isoBefore(now, -90 * 1440),
        transcript: transcript({
          state: "ready",
          segments: said("Hello, this is Maria Lopez.", "Will the lamp be here by Friday?"),
        }),
      }),
    }),
    message({
      id: "m7",
      channel: "note",
      direction: "internal",
      author: BY_BEN,
      at: at(55),
      text: "She called while you were at lunch. The carrier says Thursday. I told nobody yet.",
    }),
    message({
      id: "m8",
      direction: "outbound",
      author: BY_ANA,
      at: at(30),
      text: "Hello Maria, Ana here. The new lamp is with the carrier and arrives on Thursday.",
      status: "delivered",
    }),
    message({ id: "m9", at: at(12), text: "Thank you so much. Will it really be here by Friday?" }),
    message({
      id: "m10",
      at: at(11),
      direction: "outbound",
      author: BY_ANA,
      text: "Yes. I will write to you as soon as it is delivered.",
      status: "undelivered",
      status_reason: "the phone is switched off (30003)",
    }),
  ];
}
