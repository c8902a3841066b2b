// Hands a conversation to a colleague with the note that spares the customer from telling everything again.

import { useSignal } from "@preact/signals";
import { useApp } from "../../app-context";
import { DialogBottom } from "../../calls/call-dialog";
import { useSubmit } from "../../calls/submitting";
import { handOver } from "./dialog-acts";
import { stanceWords, useColleagues } from "./colleagues";
import type { FormProps } from "./dialogs";
import { lacking, NoteField } from "./note-field";
import { firstName } from "./rights";

export function HandOverForm({ conversation, close, agent }: FormProps & { agent: string }) {
  const app = useApp();
  const name = firstName(app.store.me.value, agent);
  const note = useSignal("");
  const { colleagues } = useColleagues();
  const stance = colleagues?.agents.find(({ id }) => id === agent);
  const missing = () =>
    lacking(note.value, `Write a note, so that the customer need not tell ${name} everything again.`);
  const send = () => handOver(app, conversation.id, agent, note.value.trim());
  const { submit, ...state } = useSubmit(missing, send, close);
  return (
    <form onSubmit={submit} noValidate>
      {stance && (
        <p class="hint" role="status">
          {stanceWords(stance, app.store.now.value)}
        </p>
      )}
      <NoteField
        label={`Note for ${name}`}
        placeholder="What was done, and what is to be done now"
        words={note}
        submit={submit}
        hint="It stands in the timeline as a note; the customer does not see it."
      />
      <DialogBottom {...state} label="Hand over" close={close} />
    </form>
  );
}
