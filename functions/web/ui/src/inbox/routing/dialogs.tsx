// The dialogs that move a conversation with words: to a colleague, to a pool, in the order, aside.

import type { ComponentChildren } from "preact";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { DialogFrame } from "../../ui/dialog";
import { EscalateForm } from "./escalate-form";
import { HandOverForm } from "./hand-over-form";
import { PriorityForm } from "./priority-form";
import { agentName } from "./rights";
import { SnoozeForm } from "./snooze-form";
import type { RoutingDialog } from "./state";
import "./dialogs.css";

export interface FormProps {
  conversation: Conversation;
  close: () => void;
}

interface Props {
  dialog: RoutingDialog;
  conversation: Conversation;
  closed: () => void;
}

export default function Dialog({ dialog, conversation, closed }: Props) {
  const { me } = useApp().store;
  const form = (close: () => void): ComponentChildren => {
    const with_ = { conversation, close };
    if (dialog.kind === "hand-over") return <HandOverForm {...with_} agent={dialog.agent} />;
    if (dialog.kind === "priority") return <PriorityForm {...with_} />;
    return dialog.kind === "escalate" ? <EscalateForm {...with_} /> : <SnoozeForm {...with_} />;
  };
  const titles = {
    "hand-over": () => `Hand over to ${agentName(me.value, dialog.kind === "hand-over" ? dialog.agent : "")}`,
    priority: () => "Set the priority",
    escalate: () => "Escalate",
    snooze: () => "Snooze until",
  };
  return (
    <DialogFrame title={titles[dialog.kind]()} class="call-dialog" closed={closed}>
      {form}
    </DialogFrame>
  );
}
