// First messages of the fake API: a mail, a text or a WhatsApp message opens a conversation, once per request id.

import type { Mailbox } from "../../src/api/mail-types";
import type { Conversation, Message } from "../../src/api/types";
import { type Answer, type Asked, missing } from "./answers";
import type { FakeApi } from "./api";
import { conversation } from "./company";

export function started(api: FakeApi, asked: Asked): Answer {
  return asked.body.channel === "email" ? mailed(api, asked) : texted(api, asked);
}

/** It is given to who wrote it. */
function mailed(api: FakeApi, { body }: Asked): Answer {
  const before = api.sent.get(body.request_id ?? "");
  const id = before?.conversation ?? `c${api.conversations.size + 1}`;
  const [to] = body.to as unknown as Mailbox[];
  if (!before) {
    const contact = { id: "ct9", name: to?.name ?? "", address: to?.address ?? "" };
    const head = { id, contact, subject: body.subject ?? "", inbox: body.inbox ?? "" };
    api.conversations.set(id, conversation({ ...head, channels: ["email"], assignee: api.me.id }));
  }
  const kind = { channel: "email", direction: "outbound", status: "queued" } as const;
  const said = api.say({ id } as Conversation, body, 202, kind);
  return { status: 202, body: { conversation: api.conversations.get(id), message: said.body } };
}

function texted(api: FakeApi, asked: Asked): Answer {
  const { body } = asked;
  const before = api.sent.get(body.request_id ?? "");
  const begun = before ? api.conversations.get(before.conversation) : api.texting.begin(asked);
  if (!begun) return missing();
  if (!("id" in begun)) return begun;
  api.conversations.set(begun.id, begun);
  const { body: message } = sayText(api, begun, body);
  return { status: 202, body: { conversation: begun, message } };
}

/** An answer; a template says what it reads. */
export function sayText(api: FakeApi, head: Conversation, body: Asked["body"]): Answer {
  const channel = body.channel as Message["channel"];
  const text = body.text || api.texting.words(body);
  return api.say(head, { ...body, text }, 202, { channel, direction: "outbound", status: "queued" });
}
