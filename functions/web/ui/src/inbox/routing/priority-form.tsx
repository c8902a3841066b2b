// Another place in the order, and why: four words for what is usual, seconds of age for those who need them.

import { type Signal, useSignal } from "@preact/signals";
import { useApp } from "../../app-context";
import { DialogBottom } from "../../calls/call-dialog";
import { useSubmit } from "../../calls/submitting";
import { prioritise } from "./dialog-acts";
import type { FormProps } from "./dialogs";
import { lacking, NoteField } from "./note-field";
import { priorityChoices } from "./priority";

const MOST_MINUTES = 1440;

export function PriorityForm({ conversation, close }: FormProps) {
  const app = useApp();
  const band = useSignal(conversation.band);
  const minutes = useSignal(String(conversation.boost / 60));
  const reason = useSignal("");
  const missing = () =>
    boostRefusal(minutes.value) || lacking(reason.value, "Say why: the reason stands in the timeline.");
  const send = () =>
    prioritise(app, conversation.id, {
      band: band.value,
      boost: Math.round(Number(minutes.value) * 60),
      reason: reason.value.trim(),
    });
  const { submit, ...state } = useSubmit(missing, send, close);
  return (
    <form onSubmit={submit} noValidate>
      <Bands band={band} present={conversation.band} />
      <Boost minutes={minutes} />
      <NoteField
        label="Why"
        placeholder="The event is tonight"
        words={reason}
        submit={submit}
        hint="It stands in the timeline with your name."
      />
      <DialogBottom {...state} label="Set the priority" close={close} />
    </form>
  );
}

function Bands({ band, present }: { band: Signal<number>; present: number }) {
  return (
    <fieldset class="call-choices">
      <legend class="unseen">Priority</legend>
      {priorityChoices(present).map((choice) => (
        <label key={choice.name}>
          <input
            type="radio"
            name="band"
            checked={band.value === choice.band}
            onChange={() => {
              band.value = choice.band;
            }}
          />
          <span>
            {choice.name} <small>{choice.hint}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Boost({ minutes }: { minutes: Signal<string> }) {
  return (
    <details open={Number(minutes.value) > 0}>
      <summary>Ahead of others with the same priority</summary>
      <label class="call-field">
        Minutes that it counts as older
        <input
          type="number"
          name="boost"
          min={0}
          max={MOST_MINUTES}
          value={minutes.value}
          onInput={({ currentTarget: { value } }) => {
            minutes.value = value;
          }}
        />
      </label>
    </details>
  );
}

function boostRefusal(minutes: string): string {
  const count = Number(minutes);
  const fits = minutes.trim() !== "" && count >= 0 && count <= MOST_MINUTES;
  return fits ? "" : `Between 0 and ${MOST_MINUTES} minutes.`;
}
