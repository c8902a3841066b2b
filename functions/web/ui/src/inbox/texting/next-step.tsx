// What to do about a text that did not arrive: the words, and the button that does it where one can.

import type { FilledTemplate, StatusAction } from "../../api/texting-types";
import type { Message, ReplyChannel } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { answer } from "../composer/answer";
import { EMPTY_DRAFT, replyChannels } from "../composer/draft";
import { focusWords } from "../composer/words";
import { shownIn } from "../merge/shown";
import { addToast, putDraft } from "../../store";
import { detailsFor, NEXT_WORDS } from "./failures";
import { sendsOf } from "./standing";

export function NextStep({ message }: { message: Message }) {
  const app = useApp();
  const step = stepFor(app, message);
  return (
    <>
      {NEXT_WORDS[message.status_action]}
      {step && (
        <button
          type="button"
          class="link"
          aria-haspopup={step.opens ? "dialog" : undefined}
          onClick={step.run}
        >
          {step.label}
        </button>
      )}
    </>
  );
}

interface Step {
  label: string;
  run: () => void;
  /** A dialog opens. */
  opens?: boolean;
}

const STEPS: Record<StatusAction, (app: App, message: Message) => Step | null> = {
  none: again,
  call_instead: call,
  ask_other_number: ask,
  tell_admin: (app, message) => ({ label: "Copy the details", run: () => void copy(app, message) }),
  shorten: again,
  opted_out: history,
  wait: again,
  use_template: (app, message) => ({ label: "Choose a template", run: () => useTemplate(app, message) }),
  change_file: again,
  retried: () => null,
};

function stepFor(app: App, message: Message): Step | null {
  const head = app.store.conversations.value.get(shownIn(app.store, message));
  if (!head || (head.status === "closed" && message.status_action !== "tell_admin")) return null;
  return STEPS[message.status_action]?.(app, message) ?? null;
}

function call({ store }: App, message: Message): Step | null {
  if (!store.me.value?.capacity.voice) return null;
  const conversation = shownIn(store, message);
  const open = () => {
    store.calls.dialog.value = { kind: "dial", conversation };
  };
  return { label: "Call instead", run: open, opens: true };
}

/** By mail where the customer has one; else on the phone. */
function ask(app: App, message: Message): Step | null {
  const conversation = shownIn(app.store, message);
  const head = app.store.conversations.value.get(conversation);
  const mails = head && replyChannels(head, sendsOf(app.store, head.inbox)).includes("email");
  if (!mails) return call(app, message);
  const mail = () => {
    write(app, conversation, { channel: "email" });
    void answer(app, conversation, "reply");
  };
  return { label: "Ask by mail", run: mail };
}

/** The words go back into the composer, to be sent anew after a look. */
function again(app: App, message: Message): Step {
  const { channel, text } = message;
  const to = channel === "whatsapp" ? "whatsapp" : "sms";
  return {
    label: "Write it again",
    run: () => write(app, shownIn(app.store, message), { channel: to, reply: text }),
  };
}

function history({ store }: App, message: Message): Step {
  const conversation = shownIn(store, message);
  const open = () => {
    store.texting.consent.value = { conversation, number: "" };
  };
  return { label: "What they said", run: open, opens: true };
}

function useTemplate(app: App, message: Message): void {
  write(app, shownIn(app.store, message), { channel: "whatsapp", template: { sid: "", variables: {} } });
}

function write(
  { store }: App,
  id: string,
  change: { channel: ReplyChannel; reply?: string; template?: FilledTemplate },
): void {
  const draft = store.drafts.value.get(id) ?? EMPTY_DRAFT;
  const reply = [draft.reply, change.reply].filter(Boolean).join("\n\n");
  putDraft(store, id, { ...draft, ...change, tab: "reply", reply });
  focusWords();
}

async function copy({ store }: App, message: Message): Promise<void> {
  const details = detailsFor(message);
  await navigator.clipboard.writeText(details).then(
    () => addToast(store, { tone: "info", text: "Copied. Send it to an admin." }),
    () => addToast(store, { tone: "info", text: details }),
  );
}
