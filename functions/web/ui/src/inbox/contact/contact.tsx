// Who the customer is and how things stand with this conversation.

import type { ComponentChildren } from "preact";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { callerName, readable } from "../../calls/words";
import { Icon } from "../../ui/icon";
import { exact, lasting } from "../../ui/time";
import { CHANNEL_WORDS } from "../../ui/words";
import { Numbers } from "./numbers";
import "./contact.css";

export function ContactPanel({ id }: { id: string }) {
  const { store } = useApp();
  const conversation = store.conversations.value.get(id);
  if (!conversation) return null;
  const { name, address: number } = conversation.contact;
  const [title, address] = [callerName({ name, number }), readable(number)];
  const hide = () => {
    store.contactOpen.value = false;
  };
  return (
    <aside class="contact" data-open={store.contactOpen.value} aria-label="Customer">
      <button type="button" class="plain contact-close" aria-label="Hide the customer" onClick={hide}>
        <Icon name="close" />
      </button>
      <h2>{title}</h2>
      {address !== title && <p class="address">{address || "No address given"}</p>}
      {conversation.unanswerable && <p class="unanswerable">{conversation.unanswerable}</p>}
      <ul class="seen-on" aria-label="Channels of this conversation">
        {conversation.channels.map((channel) => (
          <li key={channel}>
            <Icon name={channel} /> {CHANNEL_WORDS[channel]}
          </li>
        ))}
      </ul>
      <Numbers conversation={conversation} />
      <Facts conversation={conversation} />
      {conversation.explanation?.why && (
        <section class="why">
          <h3>Why it is here</h3>
          <p>{conversation.explanation.why}</p>
        </section>
      )}
    </aside>
  );
}

function Facts({ conversation }: { conversation: Conversation }) {
  const { me, now } = useApp().store;
  const { inbox, assignee, band, waiting_since: since } = conversation;
  const nameOf = (known: { id: string; name: string }[] | undefined, id: string) =>
    known?.find((each) => each.id === id)?.name ?? id;
  return (
    <dl class="facts">
      <Fact name="Inbox">{nameOf(me.value?.inboxes, inbox)}</Fact>
      <Fact name="Agent">{assignee ? nameOf(me.value?.agents, assignee) : "Nobody yet"}</Fact>
      <Fact name="State">{stateOf(conversation)}</Fact>
      {since && (
        <Fact name="Waiting">
          <span title={exact(since)}>{lasting(since, now.value)}</span>
        </Fact>
      )}
      <Fact name="Priority">{band}</Fact>
    </dl>
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
