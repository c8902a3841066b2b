// The ways to call a customer: the button in the head of a conversation (C), and one beside each of their numbers.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { threadOf } from "../../store";
import { Icon } from "../../ui/icon";
import { isOver } from "../roles";
import { readable } from "../words";
import { numbersOf } from "./numbers";

/** Where nobody of this company takes calls, nothing is said of them. */
function useVoice(): boolean {
  return Boolean(useApp().store.me.value?.capacity.voice);
}

export function CallButton({ conversation }: { conversation: Conversation }) {
  const { calls } = useApp().store;
  if (!useVoice()) return null;
  const on = conversation.call && !isOver(conversation.call) && conversation.call.state !== "planned";
  return (
    <button
      type="button"
      class="plain call-customer"
      data-key="c"
      aria-haspopup="dialog"
      aria-label="Call"
      title={on ? "There is a call in this conversation" : "Call, or plan a call-back (C)"}
      disabled={Boolean(on)}
      onClick={() => {
        calls.dialog.value = { kind: "dial", conversation: conversation.id };
      }}
    >
      <Icon name="voice" size={18} />
    </button>
  );
}

export function Numbers({ conversation }: { conversation: Conversation }) {
  const { store } = useApp();
  const numbers = numbersOf(conversation, threadOf(store, conversation.id).messages);
  if (!useVoice() || numbers.length === 0) return null;
  return (
    <ul class="numbers" aria-label="Telephone">
      {numbers.map((number) => (
        <li key={number}>
          <span>{readable(number)}</span>
          <button
            type="button"
            class="link"
            aria-haspopup="dialog"
            onClick={() => {
              store.calls.dialog.value = { kind: "dial", conversation: conversation.id, number };
            }}
          >
            Call
          </button>
        </li>
      ))}
    </ul>
  );
}
