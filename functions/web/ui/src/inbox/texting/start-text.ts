// Sends a first text: what is written stays until the server has it, and an open conversation is offered instead.

import { ApiError, explain } from "../../api/errors";
import type { NewText } from "../../api/texting-types";
import type { App } from "../../app-context";
import { EMPTY_DRAFT, type FirstText } from "../composer/draft";
import type { Outgoing } from "../composer/outgoing";
import { composeText, NEW_TEXT } from "../composer/outgoing-new";
import { isSending, textPartsOf } from "../composer/send";
import { arrive } from "../composer/start";
import { formatRoute } from "../../route";
import { dropOutgoing, putDraft, putOutgoing, type Store } from "../../store";
import { quietOf, type Standing } from "./standing";
import { outlookOf, putOutlook } from "./state";

/** Under what the answer about a first text is kept. */
export function keyOf({ inbox, number }: FirstText): string {
  return `${inbox} ${number.trim()}`;
}

/** How a first text stands: WhatsApp takes only a template then. */
export function firstStanding(store: Store, first: FirstText | null): Standing {
  return {
    texting: (first && outlookOf(store.texting, NEW_TEXT, keyOf(first))?.facts) ?? null,
    free: false,
    now: store.now.value,
    templates: store.texting.templates.value.get(first?.inbox ?? "")?.templates ?? [],
  };
}

/** Have the server read the number, and say how a text to it stands. */
export async function checkNumber({ api, store }: App, first: FirstText): Promise<void> {
  if (!first.number.trim()) return;
  const outlook = await api.firstTexting(first.inbox, first.number.trim()).then(
    (facts) => ({ facts, error: "" }),
    (error: unknown) => ({ facts: null, error: explain(error) }),
  );
  putOutlook(store.texting, NEW_TEXT, keyOf(first), outlook);
}

/** `anyway`: write although the customer has an open conversation. */
export async function sendFirst(app: App, anyway = false): Promise<void> {
  const { store } = app;
  const draft = store.drafts.value.get(NEW_TEXT);
  if (!draft?.first || isSending(app, NEW_TEXT)) return;
  const failed = store.outgoing.value.find(({ conversation }) => conversation === NEW_TEXT);
  const standing = firstStanding(store, draft.first);
  const at = new Date().toISOString();
  const outgoing = composeText({ draft, failed, at, newId: () => crypto.randomUUID(), standing });
  if (!outgoing) return;
  if (outgoing.channel === "sms" && !draft.asked && quietOf(standing))
    return putDraft(store, NEW_TEXT, { ...draft, asked: true });
  if (failed) dropOutgoing(store, failed.requestId);
  store.texting.inTheWay.value = "";
  await submit(app, { ...outgoing, force: anyway }, draft.first);
}

async function submit(app: App, outgoing: Outgoing, first: FirstText): Promise<void> {
  putOutgoing(app.store, outgoing);
  try {
    arrive(app, outgoing, await app.api.startText(bodyOf(outgoing, first)));
  } catch (error) {
    const refusal = error instanceof ApiError ? error : null;
    const draft = app.store.drafts.value.get(NEW_TEXT);
    app.store.texting.inTheWay.value = refusal?.conversation ?? "";
    if (refusal?.code === "quiet_hours" && draft) {
      putDraft(app.store, NEW_TEXT, { ...draft, asked: true });
      void checkNumber(app, first);
    }
    putOutgoing(app.store, {
      ...outgoing,
      state: "failed",
      reason: explain(error),
      code: refusal?.code ?? "",
    });
  }
}

function bodyOf(outgoing: Outgoing, { inbox, number }: FirstText): NewText {
  const { requestId: request_id, channel, text, template, force } = outgoing;
  return {
    request_id,
    inbox,
    channel: channel === "whatsapp" ? "whatsapp" : "sms",
    number: number.trim(),
    text: template ? "" : text,
    ...textPartsOf({ ...outgoing, number: "" }),
    ...(force && { anyway: true }),
  };
}

/** Go on in the conversation that is open already; what was written goes along. */
export function openOther({ store }: App, conversation: string): void {
  const written = store.drafts.value.get(NEW_TEXT) ?? EMPTY_DRAFT;
  const there = store.drafts.value.get(conversation) ?? EMPTY_DRAFT;
  const reply = [there.reply, written.reply].filter(Boolean).join("\n\n");
  const { channel, template, files } = written;
  const carried = { reply, channel, template, files: [...there.files, ...files] };
  putDraft(store, conversation, { ...there, ...carried, tab: "reply" });
  putDraft(store, NEW_TEXT, EMPTY_DRAFT);
  const failed = store.outgoing.value.find((outgoing) => outgoing.conversation === NEW_TEXT);
  if (failed) dropOutgoing(store, failed.requestId);
  store.texting.inTheWay.value = "";
  window.location.assign(formatRoute({ view: "all", conversation }));
}
