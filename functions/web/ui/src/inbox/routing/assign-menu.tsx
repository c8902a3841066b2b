// Who has a conversation, and the way to somebody else: oneself at once, a colleague with a note, or back to the queue.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { type Choice, Menu } from "../../ui/menu";
import { giveBack, take } from "../actions";
import { hintOf, readStances } from "../../presence/stances";
import { agentName, firstName, mayMove, whyQuestion } from "./rights";
import { useWhy } from "./why/why-side";

export function AssignMenu({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const { me } = app.store;
  const movable = useChoices(conversation);
  const refused = useRefusal(conversation);
  const { assignee } = conversation;
  return (
    <Menu
      label="Assign"
      shortcut="A"
      choices={mayMove(conversation, me.value) ? movable : refused}
      opened={() => void readStances(app)}
    >
      <Icon name="person" />
      <span class="owner-name">{assignee ? agentName(me.value, assignee) : "Nobody yet"}</span>
      <Icon name="chevron" />
    </Menu>
  );
}

function useChoices(conversation: Conversation): Choice[] {
  const app = useApp();
  const { me, routing, presence, now } = app.store;
  const { id, assignee } = conversation;
  const self = me.value?.id;
  const agents = [...(me.value?.agents ?? [])];
  agents.sort((one, other) => Number(other.id === self) - Number(one.id === self));
  const handOver = (agent: string) => {
    routing.dialog.value = { kind: "hand-over", conversation: id, agent };
  };
  return [
    ...agents.map((agent) => ({
      label: agent.id === self ? `${agent.name} (you)` : agent.name,
      hint: agent.id === self ? "" : hintOf(presence.stances.value.get(agent.id), now.value),
      chosen: agent.id === assignee,
      run: () => {
        if (agent.id === assignee) return;
        if (agent.id === self) void take(app, conversation);
        else handOver(agent.id);
      },
    })),
    {
      label: "Back to the queue",
      hint: "The next free agent gets it",
      chosen: assignee === null,
      begins: true,
      shortcut: "Q",
      run: () => void (assignee !== null && giveBack(app, conversation)),
    },
  ];
}

/** A colleague's: the server would say no, so it is said here. */
function useRefusal(conversation: Conversation): Choice[] {
  const { me } = useApp().store;
  const why = useWhy();
  const owner = firstName(me.value, conversation.assignee ?? "");
  const hint = `${owner} has this: ${owner} or a lead can hand it over`;
  return [{ label: whyQuestion(conversation, me.value), hint, run: why }];
}
