// Hands a call on: who takes it, whether they are spoken to first, and the note that goes with it.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Call, Targets, Transfer } from "../../api/call-types";
import { useApp } from "../../app-context";
import { transfer } from "../acts";
import { CallDialogFrame, DialogBottom } from "../call-dialog";
import { useSubmit } from "../submitting";
import { callerName } from "../words";
import { missing, namesOnly, options } from "./choices";
import { Mode } from "./mode";
import { TargetField } from "./target-field";

const NOTE = "transfer-note";

export function TransferDialog({ call }: { call: Call }) {
  return (
    <CallDialogFrame title={`Transfer ${callerName(call)}`}>
      {(close) => <Form call={call} close={close} />}
    </CallDialogFrame>
  );
}

function Form({ call, close }: { call: Call; close: () => void }) {
  const app = useApp();
  const targets = useTargets(call.id);
  const query = useSignal("");
  const wanted = useSignal("");
  const mode = useSignal<Transfer["mode"]>("warm");
  const note = useSignal("");
  const found = options(targets, query.value, app.store.now.value);
  const chosen = found.find(({ id }) => id === wanted.value) ?? found.find(({ away }) => !away);
  const lacks = () => {
    if (chosen && !note.value.trim()) document.getElementById(NOTE)?.focus();
    return missing(chosen, mode.value, note.value);
  };
  const send = async () => {
    if (chosen) await transfer(app, call, { mode: mode.value, note: note.value.trim(), ...chosen.to });
  };
  const { submit, ...state } = useSubmit(lacks, send, close);
  return (
    <form onSubmit={submit} noValidate>
      <TargetField found={found} chosen={chosen} query={query} wanted={wanted} />
      <Mode mode={mode} />
      <NoteField note={note} submit={submit} />
      <DialogBottom {...state} label={mode.value === "warm" ? "Call them" : "Hand over"} close={close} />
    </form>
  );
}

function NoteField({ note, submit }: { note: Signal<string>; submit: (event: Event) => unknown }) {
  return (
    <label class="call-field">
      Note for whoever takes it
      <textarea
        id={NOTE}
        class="noted"
        rows={3}
        maxLength={2000}
        required
        value={note.value}
        placeholder="What they want, and what was said. Ctrl + Enter sends it."
        onInput={({ currentTarget: { value } }) => {
          note.value = value;
        }}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && submit(event)}
      />
    </label>
  );
}

/** Names at once, presence as soon as the server has said it. */
function useTargets(call: string): Targets {
  const { api, store } = useApp();
  const targets = useSignal(namesOnly(store.me.peek()));
  useEffect(() => {
    api.targets(call).then(
      (known) => {
        targets.value = known;
      },
      () => undefined,
    );
  }, []);
  return targets.value;
}
