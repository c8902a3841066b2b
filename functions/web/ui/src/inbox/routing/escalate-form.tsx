// Gives a conversation to the agents of a pool, with the note that says why.

import { type Signal, useSignal } from "@preact/signals";
import type { Named } from "../../api/types";
import { useApp } from "../../app-context";
import { DialogBottom } from "../../calls/call-dialog";
import { useSubmit } from "../../calls/submitting";
import { escalate } from "./dialog-acts";
import { useColleagues } from "./colleagues";
import type { FormProps } from "./dialogs";
import { lacking, NoteField } from "./note-field";

export function EscalateForm({ conversation, close }: FormProps) {
  const app = useApp();
  const { colleagues, error, again } = useColleagues();
  const wanted = useSignal("");
  const note = useSignal("");
  const pools = colleagues?.pools ?? [];
  // the one that has it already is asked last
  const proposed = pools.find(({ id }) => id !== conversation.pool && id !== pools[0]?.id) ?? pools[0];
  const pool = pools.find(({ id }) => id === wanted.value) ?? proposed;
  const missing = () => {
    if (!pool) return error || "The pools are not known yet. Wait a moment.";
    return lacking(
      note.value,
      `Write a note, so that the customer need not tell ${pool.name} everything again.`,
    );
  };
  const send = async () => {
    if (pool) await escalate(app, conversation.id, pool, note.value.trim());
  };
  const { submit, ...state } = useSubmit(missing, send, close);
  return (
    <form onSubmit={submit} noValidate>
      {error && <NotKnown error={error} again={again} />}
      <Pools pools={pools} chosen={pool} wanted={wanted} present={conversation.pool} />
      <NoteField
        label={`Note for ${pool?.name ?? "the pool"}`}
        placeholder="What was done, and what they can do that you cannot"
        words={note}
        submit={submit}
        hint="They get it with its age, and it counts as heated."
      />
      <DialogBottom {...state} label="Escalate" close={close} />
    </form>
  );
}

function NotKnown({ error, again }: { error: string; again: () => void }) {
  return (
    <p class="pane-error" role="alert">
      {error}
      <button type="button" class="link" onClick={again}>
        Try again
      </button>
    </p>
  );
}

interface PoolsProps {
  pools: readonly Named[];
  chosen: Named | undefined;
  wanted: Signal<string>;
  /** The pool that alone may serve it now. */
  present: string | null;
}

function Pools({ pools, chosen, wanted, present }: PoolsProps) {
  return (
    <fieldset class="call-choices">
      <legend class="unseen">To which pool</legend>
      {pools.map(({ id, name }) => (
        <label key={id}>
          <input
            type="radio"
            name="pool"
            checked={id === chosen?.id}
            onChange={() => {
              wanted.value = id;
            }}
          />
          <span>
            {name} {id === present && <small>It waits there already</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
