// How things stand with a conversation: whose it is and why, and what is due.

import type { ComponentChildren } from "preact";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { exact, lasting } from "../../ui/time";
import { aheadWords, priorityName } from "../routing/priority";
import { whyQuestion } from "../routing/rights";
import { untilWords } from "../routing/snooze-times";
import { useWhy } from "../routing/why/why-side";

export function Facts({ conversation }: { conversation: Conversation }) {
  const { me, now } = useApp().store;
  const { inbox, assignee, band, boost, waiting_since: since, snoozed_until: until } = conversation;
  const nameOf = (known: { id: string; name: string }[] | undefined, id: string) =>
    known?.find((each) => each.id === id)?.name ?? id;
  return (
    <>
      <dl class="facts">
        <Fact name="Inbox">{nameOf(me.value?.inboxes, inbox)}</Fact>
        <Fact name="Agent">{assignee ? nameOf(me.value?.agents, assignee) : "Nobody yet"}</Fact>
        <Fact name="State">{stateOf(conversation)}</Fact>
        {until && (
          <Fact name="Back">
            <span title={exact(until)}>{untilWords(until, now.value)}</span>
          </Fact>
        )}
        {since && (
          <Fact name="Waiting">
            <span title={exact(since)}>{lasting(since, now.value)}</span>
          </Fact>
        )}
        <Fact name="Priority">{[priorityName(band), aheadWords(boost)].filter(Boolean).join(", ")}</Fact>
      </dl>
      <Why conversation={conversation} />
    </>
  );
}

function Why({ conversation }: { conversation: Conversation }) {
  const { me } = useApp().store;
  return (
    <button type="button" class="link why-link" title="Why here (W)" onClick={useWhy()}>
      {whyQuestion(conversation, me.value)}
    </button>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const ROUTING_WORDS: Record<string, string> = {
  WAITING: "Waiting for an agent",
  OFFERED: "Offered to an agent",
  ASSIGNED: "With an agent",
  WRAP: "Being wrapped up",
  SNOOZED: "Snoozed",
  CLOSED: "Closed",
};

function stateOf({ routing, status }: Conversation): string {
  const known = status === "open" ? routing : status.toUpperCase();
  return ROUTING_WORDS[known] ?? status;
}
