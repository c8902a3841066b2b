// Moves a call-back to another time.

import { useSignal } from "@preact/signals";
import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { CallDialogFrame, DialogBottom } from "../call-dialog";
import { useSubmit } from "../submitting";
import { callerName } from "../words";
import { moveCallBack } from "./planning";
import { pickerValue } from "./times";
import { useCalling } from "./use-calling";
import { dueOf, type Plan, When, whyNot } from "./when";

export function MoveDialog({ call }: { call: Call }) {
  return (
    <CallDialogFrame title={`Call ${callerName(call)} back at another time`}>
      {(close) => <Form call={call} close={close} />}
    </CallDialogFrame>
  );
}

function Form({ call, close }: { call: Call; close: () => void }) {
  const app = useApp();
  const calling = useCalling(call.conversation);
  const from = call.due ? Date.parse(call.due) : Date.now();
  const plan = useSignal<Plan>({ when: "time", picked: pickerValue(from) });
  const { submit, ...state } = useSubmit(
    () => whyNot(plan.value, Date.now()),
    () => moveCallBack(app, call, dueOf(plan.value, calling.next_opening)),
    close,
  );
  return (
    <form onSubmit={submit} noValidate>
      <When plan={plan} calling={calling} />
      <DialogBottom {...state} label="Move" close={close} />
    </form>
  );
}
