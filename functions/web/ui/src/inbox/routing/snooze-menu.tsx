// Puts a conversation aside until a time: two keys for what is usual, a dialog for any other.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { dayAndTime } from "../../calls/dial/times";
import { Icon } from "../../ui/icon";
import { type Choice, Menu } from "../../ui/menu";
import { timeOfDay } from "../../ui/time";
import { snooze, wake } from "./acts";
import { mayMove } from "./rights";
import { snoozedWords, snoozeTimes } from "./snooze-times";

/** Only for what somebody has: what waits in line is taken first. */
export function SnoozeMenu({ conversation }: { conversation: Conversation }) {
  const { me, now } = useApp().store;
  const choices = useChoices(conversation);
  const { assignee, status, snoozed_until: until } = conversation;
  if (assignee === null || status === "closed" || !mayMove(conversation, me.value)) return null;
  const asleep = status === "snoozed";
  return (
    <Menu
      class="plain"
      label={asleep ? snoozedWords(until, now.value) : "Snooze"}
      shortcut="S"
      choices={choices}
    >
      <Icon name="snoozed" size={18} />
    </Menu>
  );
}

function useChoices(conversation: Conversation): Choice[] {
  const app = useApp();
  const { routing, now } = app.store;
  const asleep = conversation.status === "snoozed";
  const until = (at: number | null) => () =>
    void snooze(app, conversation, at === null ? null : new Date(at).toISOString());
  const waking = { label: "Wake it now", run: () => void wake(app, conversation.id) };
  return [
    ...(asleep ? [waking] : []),
    ...snoozeTimes(now.value).map(({ name, at }, index) => ({
      label: name,
      hint: index === 0 ? timeOfDay(new Date(at).toISOString()) : dayAndTime(at),
      begins: asleep && index === 0,
      run: until(at),
    })),
    { label: "Until the customer writes", run: until(null) },
    {
      label: "Another time …",
      run: () => {
        routing.dialog.value = { kind: "snooze", conversation: conversation.id };
      },
    },
  ];
}
