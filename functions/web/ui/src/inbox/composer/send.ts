// Sends what was composed: shows it at once, keeps it until the server has it, and gives the text back if refused.

import { ApiError, explain } from "../../api/errors";
import type { TextParts } from "../../api/texting-types";
import type { Message } from "../../api/types";
import type { App } from "../../app-context";
import { addMessages, dropOutgoing, patchConversation, putDraft, putOutgoing, threadOf } from "../../store";
import { outsiders } from "../mail/participants";
import { lastVisible } from "../thread/timeline";
import { askOutlook } from "../texting/asking";
import { quietOf, sendsOf, standingOf } from "../texting/standing";
import { dropOutlooks } from "../texting/state";
import { type Draft, EMPTY_DRAFT, type Tab } from "./draft";
import { idsOf } from "./files";
import { partsOf, recipientsOf } from "./mail-draft";
import { compose, type Outgoing } from "./outgoing";
import { dropPreview } from "./previews";

/** Send what stands in the composer of a conversation. A reply waits for the one before it, so that order holds. */
export async function sendDraft(app: App, conversationId: string): Promise<void> {
  const { store } = app;
  const conversation = store.conversations.value.get(conversationId);
  const draft = store.drafts.value.get(conversationId);
  if (!conversation || !draft || isSending(app, conversationId)) return;
  const { messages } = threadOf(store, conversationId);
  const at = new Date().toISOString();
  const sends = sendsOf(store, conversation.inbox);
  const standing = standingOf(store, conversation, draft.number);
  const newId = () => crypto.randomUUID();
  const outgoing = compose({ conversation, messages, draft, at, newId, sends, standing });
  if (!outgoing || asksFirst(app, outgoing)) return;
  const said = draft.tab === "note" ? { note: "" } : outgoing.template ? ALONE : SENT;
  putDraft(store, conversationId, { ...draft, ...said, refused: null, newer: 0 });
  await deliver(app, outgoing);
}

/** A template goes alone: words and files stay. */
const ALONE = { template: null };
/** What a reply takes along when it goes. */
const SENT = { reply: "", mail: null, files: [], template: null, asked: false };

/** Whether the agent has yet to say that it is meant: the composer asks about the hour, and about new addresses. */
function asksFirst(app: App, outgoing: Outgoing): boolean {
  return outgoing.channel === "sms" ? asksAboutHour(app, outgoing) : asksAboutPeople(app, outgoing);
}

function asksAboutHour({ store }: App, { conversation: id, number }: Outgoing): boolean {
  const draft = store.drafts.value.get(id);
  const head = store.conversations.value.get(id);
  if (!draft || !head || draft.asked || !quietOf(standingOf(store, head, number))) return false;
  putDraft(store, id, { ...draft, asked: true });
  return true;
}

function asksAboutPeople({ store }: App, { conversation: id, mail }: Outgoing): boolean {
  const draft = store.drafts.value.get(id);
  if (!draft?.mail || !mail || mail.asked) return false;
  const circle = {
    conversation: store.conversations.value.get(id),
    messages: threadOf(store, id).messages,
    newDomains: mail.plan?.new_domains ?? [],
  };
  if (outsiders(recipientsOf(mail), circle).length === 0) return false;
  putDraft(store, id, { ...draft, mail: { ...draft.mail, asked: true } });
  return true;
}

export function isSending({ store }: App, conversationId: string): boolean {
  return store.outgoing.value.some(
    (outgoing) => outgoing.conversation === conversationId && outgoing.state === "sending",
  );
}

/** Send it, or send it again: the request id says that it is the same one. */
export async function deliver(app: App, outgoing: Outgoing): Promise<void> {
  putOutgoing(app.store, { ...outgoing, state: "sending", reason: "" });
  await post(app, outgoing).then(
    (message) => accepted(app, outgoing, message),
    (error: unknown) => rejected(app, outgoing, error),
  );
}

/** Resolves when nothing of this conversation is on its way, so that a refresh never shows a message twice. */
export function nothingInFlight(app: App, conversationId: string): Promise<void> {
  if (!isSending(app, conversationId)) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = app.store.outgoing.subscribe(() => {
      if (isSending(app, conversationId)) return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Give a failed one back to the composer. */
export function takeBack({ store }: App, outgoing: Outgoing): void {
  dropOutgoing(store, outgoing.requestId);
  restore(store, outgoing, {});
}

function post({ api }: App, outgoing: Outgoing) {
  const { conversation, requestId: request_id, channel, text, seen, force, mail, files } = outgoing;
  if (channel === "note") return api.note(conversation, { request_id, text });
  const parts = channel === "email" ? partsOf(mail, idsOf(files)) : textPartsOf(outgoing);
  const words = outgoing.template ? "" : text;
  return api.reply(conversation, {
    request_id,
    channel,
    text: words,
    seen,
    ...(force && { force }),
    ...parts,
  });
}

/** What the API is told of a text or a WhatsApp message besides its words. */
export function textPartsOf({ files, number, template, overrideQuiet }: Outgoing): TextParts {
  const attachments = idsOf(files);
  return {
    ...(number && { number }),
    ...(attachments.length > 0 && { attachments }),
    ...(template && { template }),
    ...(overrideQuiet && { override_quiet: true }),
  };
}

function accepted({ store }: App, outgoing: Outgoing, message: Message): void {
  dropOutgoing(store, outgoing.requestId);
  for (const { key } of outgoing.files) dropPreview(key);
  addMessages(store, outgoing.conversation, [message]);
  if (outgoing.channel !== "note")
    patchConversation(store, outgoing.conversation, { last_visible: message.id });
}

function rejected(app: App, outgoing: Outgoing, error: unknown): void {
  if (error instanceof ApiError && error.status === 409 && error.newer.length > 0)
    overtaken(app, outgoing, error.newer);
  else failed(app, outgoing, error);
}

/** What speaks against a text may be newer than what the composer knows. */
function failed(app: App, outgoing: Outgoing, error: unknown): void {
  const code = error instanceof ApiError ? error.code : "";
  putOutgoing(app.store, { ...outgoing, state: "failed", reason: explain(error), code });
  if (outgoing.channel !== "sms" || code !== "opted_out") return;
  dropOutlooks(app.store.texting, outgoing.conversation);
  void askOutlook(app, outgoing.conversation, outgoing.number);
}

/** The customer (or a colleague) was faster: show what came, keep the text, and let the agent decide. */
function overtaken({ store }: App, outgoing: Outgoing, newer: Message[]): void {
  const { conversation } = outgoing;
  dropOutgoing(store, outgoing.requestId);
  addMessages(store, conversation, newer);
  const latest = lastVisible(newer);
  if (latest) patchConversation(store, conversation, { last_visible: latest.id });
  restore(store, outgoing, { newer: newer.length, refused: outgoing.channel === "note" ? null : outgoing });
}

/** What was said goes back where it was written, before what was written since. */
function restore(store: App["store"], outgoing: Outgoing, mark: Partial<Draft>): void {
  const draft = store.drafts.value.get(outgoing.conversation) ?? EMPTY_DRAFT;
  const tab: Tab = outgoing.channel === "note" ? "note" : "reply";
  const words = outgoing.template ? "" : outgoing.text;
  const text = [words, draft[tab]].filter(Boolean).join("\n\n");
  const template = outgoing.template ?? draft.template;
  const mail = outgoing.mail ?? draft.mail;
  const files = [...outgoing.files, ...draft.files];
  putDraft(store, outgoing.conversation, { ...draft, tab, [tab]: text, mail, files, template, ...mark });
}
