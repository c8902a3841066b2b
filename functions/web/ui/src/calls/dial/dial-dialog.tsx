// Calls a customer, or plans it: which number, when, and a note for who will call.

import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { type App, useApp } from "../../app-context";
import { dial } from "../acts";
import { CallDialogFrame, DialogBottom } from "../call-dialog";
import { callsAs } from "../state";
import { useSubmit } from "../submitting";
import { readable } from "../words";
import { NumberChoice } from "./number-choice";
import { planCallBack } from "./planning";
import { useCalling } from "./use-calling";
import { dueOf, EMPTY_PLAN, type Plan, When, whyNot } from "./when";

/** `number` is the one that was pointed at. */
export function DialDialog({ id, number }: { id: string; number: string }) {
  const contact = useApp().store.conversations.value.get(id)?.contact;
  return (
    <CallDialogFrame title={`Call ${readable(contact?.name ?? "") || "the customer"}`}>
      {(close) => <Form id={id} pointed={number} close={close} />}
    </CallDialogFrame>
  );
}

function Form({ id, pointed, close }: { id: string; pointed: string; close: () => void }) {
  const app = useApp();
  const { store } = app;
  const calling = useCalling(id);
  const talks = callsAs(store, "talk", store.now.value).length > 0;
  const number = useSignal(pointed);
  const note = useSignal("");
  const plan = useSignal<Plan>({ ...EMPTY_PLAN, when: talks ? "free" : "now" });
  // Sent again after a failure it is the same request.
  const request = useRef(crypto.randomUUID());
  const to = number.value || calling.numbers[0] || "";
  const missing = () =>
    to ? whyNot(plan.value, Date.now()) : "Type the number, with + and the code of its country.";
  const send = () => {
    const wanted = { id: request.current, number: to, note: note.value.trim() };
    return go(app, id, plan.value, { ...wanted, opening: calling.next_opening });
  };
  const { submit, ...state } = useSubmit(missing, send, close);
  const now = talks ? "You are on a call" : "Your phone rings first, then theirs";
  return (
    <form onSubmit={submit} noValidate>
      <NumberChoice numbers={calling.numbers} number={number} />
      <When plan={plan} calling={calling} now={now} busy={talks} />
      {plan.value.when !== "now" && <NoteField note={note} />}
      <DialogBottom
        {...state}
        label={plan.value.when === "now" ? "Call now" : "Plan call-back"}
        close={close}
      />
    </form>
  );
}

interface Wanted {
  id: string;
  number: string;
  note: string;
  opening: string | null;
}

function go(app: App, conversation: string, plan: Plan, wanted: Wanted): Promise<void> {
  const { id, number, note, opening } = wanted;
  if (plan.when === "now") return dial(app, conversation, { id, number });
  return planCallBack(app, conversation, { request_id: id, due: dueOf(plan, opening), number, note });
}

function NoteField({ note }: { note: Signal<string> }) {
  return (
    <label class="call-field">
      Note for whoever calls
      <textarea
        class="noted"
        rows={2}
        maxLength={2000}
        value={note.value}
        onInput={({ currentTarget: { value } }) => {
          note.value = value;
        }}
      />
    </label>
  );
}
