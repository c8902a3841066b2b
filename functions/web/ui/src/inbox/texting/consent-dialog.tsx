// What a customer wants of our texts: everything that was said, and for whoever may the way to note what they say now.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { explain } from "../../api/errors";
import type { ConsentHistory } from "../../api/texting-types";
import { type App, useApp } from "../../app-context";
import { DialogBottom } from "../../calls/call-dialog";
import { useSubmit } from "../../calls/submitting";
import { readable } from "../../calls/words";
import { addToast } from "../../store";
import { DialogFrame } from "../../ui/dialog";
import { exact } from "../../ui/time";
import { loadThread } from "../loading";
import { askOutlook } from "./asking";
import { isByCustomer, mayChange, statementWords } from "./consent";
import { dropOutlooks } from "./state";

const MOST_WORDS = 500;

export function ConsentDialog({ conversation, number }: { conversation: string; number: string }) {
  const { api, store } = useApp();
  const known = useSignal<ConsentHistory | null>(null);
  const error = useSignal("");
  useEffect(() => {
    api.consent(conversation, number).then(
      (history) => {
        known.value = history;
      },
      (fault: unknown) => {
        error.value = explain(fault);
      },
    );
  }, []);
  const closed = () => {
    store.texting.consent.value = null;
  };
  return (
    <DialogFrame
      title={number ? `Texts to ${readable(number)}` : "Texts to this customer"}
      class="call-dialog consent-dialog"
      closed={closed}
    >
      {(close) => (
        <>
          {error.value && <p class="pane-error">{error.value}</p>}
          {known.value && <History known={known.value} />}
          <Note conversation={conversation} number={number} known={known.value} close={close} />
        </>
      )}
    </DialogFrame>
  );
}

function History({ known: { history } }: { known: ConsentHistory }) {
  const { me, now } = useApp().store;
  if (history.length === 0) return <p class="hint">Nothing was ever said about texts to this number.</p>;
  return (
    <ul class="statements" aria-label="What was said, the latest first">
      {history.map((said) => (
        <li key={`${said.at} ${said.state}`} title={exact(said.at)}>
          {statementWords(said, said.words, { me: me.value, now: now.value })}
        </li>
      ))}
    </ul>
  );
}

interface NoteProps {
  conversation: string;
  number: string;
  known: ConsentHistory | null;
  close: () => void;
}

function Note({ conversation, number, known, close }: NoteProps) {
  const app = useApp();
  const out = known?.consents.find(({ state }) => state === "out");
  const reason = useSignal("");
  const state = out ? "in" : "out";
  const missing = () => (reason.value.trim() ? "" : "Say how you know what the customer wants.");
  const send = () => note(app, conversation, { number, state, reason: reason.value.trim() });
  const { submit, ...form } = useSubmit(missing, send, close);
  if (!known || !mayChange(out, app.store.me.value?.role ?? "agent"))
    return (
      <>
        {known && (
          <p class="hint">Only the customer can lift this, by texting START; a lead can note it here.</p>
        )}
        <div class="call-bottom">
          <button type="button" class="button" onClick={close}>
            Close
          </button>
        </div>
      </>
    );
  return (
    <form onSubmit={submit} noValidate>
      {out && isByCustomer(out) && (
        <p class="hint">It is lifted here only: Twilio goes on refusing until the customer texts START.</p>
      )}
      <Reason reason={reason} />
      <DialogBottom
        {...form}
        label={state === "in" ? "They want texts again" : "They want no more texts"}
        close={close}
      />
    </form>
  );
}

function Reason({ reason }: { reason: Signal<string> }) {
  return (
    <label class="call-field">
      How you know what they want
      <textarea
        class="noted"
        rows={2}
        maxLength={MOST_WORDS}
        placeholder="Asked for it on the phone"
        value={reason.value}
        onInput={({ currentTarget: { value } }) => {
          reason.value = value;
        }}
      />
      <small>It stands in the timeline with your name.</small>
    </label>
  );
}

async function note(
  app: App,
  conversation: string,
  said: { number: string; state: "in" | "out"; reason: string },
): Promise<void> {
  await app.api.noteConsent(conversation, said);
  const words = said.state === "in" ? "Texts may go again" : "No more texts go to this number";
  addToast(app.store, { tone: "info", text: words });
  dropOutlooks(app.store.texting, conversation);
  await Promise.all([askOutlook(app, conversation, ""), askOutlook(app, conversation, said.number)]);
  void loadThread(app, conversation);
}
