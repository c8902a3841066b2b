// What stands out about an open conversation: heated, not of the usual priority, put aside. Nothing where nothing does.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { exact } from "../../ui/time";
import { wake } from "./acts";
import { HeatChip } from "./heat-chip";
import { aheadWords, NORMAL, priorityName } from "./priority";
import { mayMove } from "./rights";
import { snoozedWords } from "./snooze-times";
import "./routing.css";

export function Standing({ conversation }: { conversation: Conversation }) {
  const { heated, status, band, boost } = conversation;
  const special = band !== NORMAL || boost > 0;
  if (!heated && !special && status !== "snoozed") return null;
  return (
    <div class="standing">
      {heated && <HeatChip conversation={conversation} />}
      {special && <PriorityChip conversation={conversation} />}
      {status === "snoozed" && <Snoozed conversation={conversation} />}
    </div>
  );
}

function PriorityChip({ conversation: { id, band, boost, status } }: { conversation: Conversation }) {
  const { routing } = useApp().store;
  const words = [band !== NORMAL && priorityName(band), aheadWords(boost)].filter(Boolean).join(", ");
  const open = () => {
    routing.dialog.value = { kind: "priority", conversation: id };
  };
  if (status === "closed") return <span class="mark">{words}</span>;
  return (
    <button type="button" class="mark" title="Set the priority (P)" aria-haspopup="dialog" onClick={open}>
      <span class="unseen">Priority: </span>
      {words}
    </button>
  );
}

function Snoozed({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const { now, me } = app.store;
  const until = conversation.snoozed_until;
  return (
    <span class="mark" title={until ? exact(until) : "It comes back when the customer writes"}>
      <Icon name="snoozed" size={13} />
      {snoozedWords(until, now.value)}
      {mayMove(conversation, me.value) && (
        <button type="button" class="link" onClick={() => void wake(app, conversation.id)}>
          Wake
        </button>
      )}
    </span>
  );
}
