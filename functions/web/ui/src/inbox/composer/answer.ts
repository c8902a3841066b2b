// Begins an answer or a forward: asks the server whom it would go to, and puts that into the draft.

import { explain } from "../../api/errors";
import type { ReplyMode } from "../../api/mail-types";
import type { App } from "../../app-context";
import { putDraft, type Store, threadOf } from "../../store";
import { vouchedFor } from "../mail/participants";
import { EMPTY_DRAFT } from "./draft";
import { withCarried } from "./files";
import { type MailDraft, planned, withPlan } from "./mail-draft";

/** Answer or forward `about`, or the customer's latest mail. Words and files that are written stay. */
export async function answer(app: App, id: string, mode: ReplyMode, about = ""): Promise<void> {
  const message = about || latestMail(app.store, id);
  if (!message) return;
  const draft = app.store.drafts.value.get(id) ?? EMPTY_DRAFT;
  const files = withCarried(draft.files, "", []);
  putDraft(app.store, id, { ...draft, tab: "reply", channel: "email", mail: planned(mode, message), files });
  await lookUp(app, id);
}

/** Ask the server for what the draft still lacks; also the way to try again. */
export async function lookUp(app: App, id: string): Promise<void> {
  const mail = app.store.drafts.value.get(id)?.mail;
  if (!mail || mail.mode === "new") return;
  const answered = await app.api
    .replyPlan(id, mail.about, mail.mode)
    .catch((error: unknown) => explain(error));
  const draft = app.store.drafts.value.get(id);
  if (!draft?.mail || draft.mail.mode !== mail.mode || draft.mail.about !== mail.about) return;
  if (typeof answered === "string")
    return putDraft(app.store, id, { ...draft, mail: failed(draft.mail, answered) });
  const files = withCarried(draft.files, mail.about, answered.attachments);
  putDraft(app.store, id, { ...draft, mail: withPlan(draft.mail, answered), files });
}

function failed(mail: MailDraft, reason: string): MailDraft {
  return { ...mail, error: `Nobody could be looked up. ${reason}` };
}

export function patchMail(store: Store, id: string, change: (mail: MailDraft) => MailDraft): void {
  const draft = store.drafts.value.get(id);
  if (draft?.mail) putDraft(store, id, { ...draft, mail: change(draft.mail) });
}

/** The customer's latest mail, else our own: what an answer is to. A stranger is answered only on purpose. */
export function latestMail(store: Store, id: string): string {
  const all = threadOf(store, id).messages.filter(({ channel, event }) => channel === "email" && !event);
  const known = vouchedFor(all);
  const mails = known.length > 0 ? known : all;
  const theirs = mails.findLast(({ direction, mail }) => direction === "inbound" && mail?.kind === "human");
  return (theirs ?? mails.findLast(({ direction }) => direction === "inbound") ?? mails.at(-1))?.id ?? "";
}
