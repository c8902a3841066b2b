// Sends a new mail: what is written stays until the server has it, then its conversation opens.

import { explain } from "../../api/errors";
import type { NewMail, Started } from "../../api/mail-types";
import type { App } from "../../app-context";
import { formatRoute } from "../../route";
import { addMessages, addToast, dropOutgoing, putConversations, putDraft, putOutgoing } from "../../store";
import { EMPTY_DRAFT } from "./draft";
import { idsOf } from "./files";
import type { Outgoing } from "./outgoing";
import { composeNew, NEW } from "./outgoing-new";
import { isSending } from "./send";

export async function sendNew(app: App): Promise<void> {
  const { api, store } = app;
  const draft = store.drafts.value.get(NEW);
  if (!draft || isSending(app, NEW)) return;
  const failed = store.outgoing.value.find(({ conversation }) => conversation === NEW);
  const at = new Date().toISOString();
  const outgoing = composeNew({ draft, failed, at, newId: () => crypto.randomUUID() });
  if (!outgoing) return;
  if (failed) dropOutgoing(store, failed.requestId);
  putOutgoing(store, outgoing);
  try {
    const { conversation, message } = await api.start(bodyOf(outgoing));
    arrive(app, outgoing, { conversation, message });
  } catch (error) {
    putOutgoing(store, { ...outgoing, state: "failed", reason: explain(error) });
  }
}

/** The draft has become a conversation: it opens. */
export function arrive({ store }: App, outgoing: Outgoing, { conversation, message }: Started): void {
  dropOutgoing(store, outgoing.requestId);
  putDraft(store, outgoing.conversation, EMPTY_DRAFT);
  putConversations(store, [conversation]);
  addMessages(store, conversation.id, [message]);
  addToast(store, { tone: "info", text: "On its way" });
  window.location.assign(formatRoute({ view: "mine", conversation: conversation.id }));
}

function bodyOf({ requestId: request_id, text, mail, files }: Outgoing): NewMail {
  if (!mail) throw new TypeError("A new mail has recipients.");
  const { inbox, to, cc, bcc, subject } = mail;
  const attachments = idsOf(files);
  return { request_id, inbox, channel: "email", to, cc, bcc, subject: subject.trim(), text, attachments };
}
