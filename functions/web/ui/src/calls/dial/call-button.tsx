// The way to call a customer from the head of a conversation (C).

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { isOver } from "../roles";

/** Where nobody of this company takes calls, nothing is said of them. */
export function useVoice(): boolean {
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
