// One row of the list: which channel, who, what about, and the one clock that matters now.

import { useRef } from "preact/hooks";
import type { Channel, Conversation, View } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { callerName } from "../../calls/words";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { ago, exact, lasting } from "../../ui/time";
import { CHANNEL_WORDS } from "../../ui/words";
import { VipMark } from "../contact/vip";
import { loadThread } from "../loading";
import { isOfferedTo } from "../offers/offers";
import { OfferClock } from "../offers/places";
import { RowMarks } from "../routing/marks";
import { untilWords } from "../routing/snooze-times";
import { wordsOfKind } from "../thread/kinds";
import { unmarked } from "../thread/marks";

const PREFETCH_AFTER_MS = 80;

export function Row({ conversation, view }: { conversation: Conversation; view: View }) {
  const app = useApp();
  const { store } = app;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const later = () => {
    timer.current = setTimeout(() => prefetch(app, conversation.id), PREFETCH_AFTER_MS);
  };
  const never = () => clearTimeout(timer.current);
  const open = store.route.value.conversation === conversation.id;
  const channel = conversation.channels.at(-1) ?? "email";
  return (
    <a
      class={conversation.waiting_since ? "row waiting" : "row"}
      href={formatRoute({ view, conversation: conversation.id })}
      aria-current={open ? "true" : undefined}
      data-row
      onPointerEnter={later}
      onPointerLeave={never}
      onFocus={later}
      onBlur={never}
    >
      <span class="glyph" title={conversation.channels.map((each) => CHANNEL_WORDS[each]).join(", ")}>
        <Icon name={channel} />
      </span>
      <span class="who">
        <span>{nameOf(conversation)}</span>
        <VipMark conversation={conversation} />
      </span>
      <Clock conversation={conversation} />
      <Line conversation={conversation} view={view} channel={channel} />
    </a>
  );
}

/** What it is about, and what stands out. */
function Line({ conversation, view, channel }: { conversation: Conversation; view: View; channel: Channel }) {
  const kind = view === "filtered" ? wordsOfKind(conversation.kind) : "";
  return (
    <span class="line">
      <span class="what">
        {conversation.subject && <b>{conversation.subject}</b>}
        {unmarked(conversation.preview) || blankWords(conversation, channel)}
      </span>
      {kind && <span class="kind">{kind}</span>}
      {conversation.problem && <span class="problem">Not delivered</span>}
      <RowMarks conversation={conversation} />
      <Owner conversation={conversation} />
    </span>
  );
}

function nameOf({ contact: { name, address: number } }: Conversation): string {
  return callerName({ name, number });
}

/** A text may be a picture alone, or nothing at all; the list does not know which. */
function blankWords({ subject }: Conversation, channel: Channel): string {
  return !subject && (channel === "sms" || channel === "whatsapp") ? "(no words)" : "";
}

/** The one clock that matters now: when it comes back, how long the customer waits, else when the last message was. */
function Clock({ conversation }: { conversation: Conversation }) {
  const { now: clock, me } = useApp().store;
  const now = clock.value;
  if (isOfferedTo(conversation, me.value?.id)) return <OfferClock conversation={conversation} />;
  const { waiting_since: since, last_message_at: last, snoozed_until: until, status } = conversation;
  if (status === "snoozed")
    return (
      <span
        class="when"
        title={until ? `Snoozed until ${exact(until)}` : "It comes back when the customer writes"}
      >
        {until ? `until ${untilWords(until, now)}` : "snoozed"}
      </span>
    );
  if (since && status !== "closed")
    return (
      <span class="when clock" title={`The customer has been waiting since ${exact(since)}`}>
        waits {lasting(since, now)}
      </span>
    );
  return (
    <time class="when" dateTime={last} title={exact(last)}>
      {ago(last, now)}
    </time>
  );
}

/** Named only where it is somebody else's, or may be. */
function Owner({ conversation: { assignee, offered_to: asked } }: { conversation: Conversation }) {
  const me = useApp().store.me.value;
  const owner = assignee ?? asked;
  if (!owner || owner === me?.id) return null;
  const name = me?.agents.find((agent) => agent.id === owner)?.name ?? owner;
  return (
    <span class="owner" title={assignee ? name : `Offered to ${name}`}>
      {name.split(" ")[0]}
    </span>
  );
}

function prefetch(app: App, id: string): void {
  if (!app.store.threads.value.has(id)) void loadThread(app, id);
}
