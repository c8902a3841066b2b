// Any time at which a conversation comes back.

import { useSignal } from "@preact/signals";
import { useApp } from "../../app-context";
import { DialogBottom } from "../../calls/call-dialog";
import { useSubmit } from "../../calls/submitting";
import { firstProposal, momentOf, pickerValue, refusal } from "../../calls/dial/times";
import { snoozeUntil } from "./dialog-acts";
import type { FormProps } from "./dialogs";

export function SnoozeForm({ conversation, close }: FormProps) {
  const app = useApp();
  const { snoozed_until: until } = conversation;
  const picked = useSignal(until ? pickerValue(Date.parse(until)) : firstProposal(Date.now()));
  const missing = () => refusal(momentOf(picked.value), Date.now());
  const send = () => {
    const at = momentOf(picked.value);
    return at === null ? Promise.resolve() : snoozeUntil(app, conversation, new Date(at).toISOString());
  };
  const { submit, ...state } = useSubmit(missing, send, close);
  return (
    <form onSubmit={submit} noValidate>
      <label class="call-field">
        Day and time, as your clock shows it
        <input
          type="datetime-local"
          required
          value={picked.value}
          onInput={({ currentTarget: { value } }) => {
            picked.value = value;
          }}
        />
        <small>If the customer writes before that, it comes back at once.</small>
      </label>
      <DialogBottom {...state} label="Snooze" close={close} />
    </form>
  );
}
