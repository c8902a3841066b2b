// The head of an open conversation: who and what about, and what can be done with it.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { CallButton } from "../../calls/dial/call-button";
import { callerName, readable } from "../../calls/words";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { close, reopen, take } from "../actions";
import { VipMark } from "../contact/vip";
import { ConversationMenu } from "../merge/conversation-menu";
import { isOfferedTo } from "../offers/offers";
import { AssignMenu } from "../routing/assign-menu";
import { mayMove } from "../routing/rights";
import { SnoozeMenu } from "../routing/snooze-menu";
import { Standing } from "../routing/standing";

export function ThreadHeader({ conversation }: { conversation: Conversation }) {
  const { contact, subject } = conversation;
  const title = callerName({ name: contact.name, number: contact.address });
  const address = readable(contact.address);
  return (
    <header class="thread-header">
      <BackLink />
      <div class="title">
        <h2 tabIndex={-1}>{title}</h2>
        <p>
          <VipMark conversation={conversation} />
          {conversation.problem && <span class="problem">Not delivered</span>}
          {subject || (address !== title && address)}
        </p>
        <Follows conversation={conversation} />
      </div>
      <Standing conversation={conversation} />
      <Actions conversation={conversation} />
    </header>
  );
}

function Follows({ conversation: { follows } }: { conversation: Conversation }) {
  if (!follows) return null;
  return (
    <a class="follows" href={formatRoute({ view: "all", conversation: follows })}>
      Follows an earlier conversation
    </a>
  );
}

/** The head of a conversation that is not known, or not yet: where one pane fills the screen, the way out of it. */
export function BareHeader() {
  return (
    <header class="thread-header bare">
      <BackLink />
    </header>
  );
}

export function BackLink() {
  const { view } = useApp().store.route.value;
  return (
    <a class="plain back" href={formatRoute({ view, conversation: null })} aria-label="Back to the list">
      <Icon name="back" size={20} />
    </a>
  );
}

function Actions({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const { store } = app;
  return (
    <div class="actions" role="toolbar" aria-label="Conversation">
      <TakeButton conversation={conversation} />
      {conversation.status !== "closed" && <AssignMenu conversation={conversation} />}
      <SnoozeMenu conversation={conversation} />
      <CloseButton conversation={conversation} />
      <CallButton conversation={conversation} />
      <ConversationMenu conversation={conversation} />
      <button
        type="button"
        class="plain panel-button"
        data-key="i"
        title="Customer (I)"
        aria-label="Customer"
        aria-expanded={store.contactOpen.value && !store.routing.why.value}
        onClick={() => {
          store.contactOpen.value = store.routing.why.value || !store.contactOpen.value;
          store.routing.why.value = false;
        }}
      >
        <Icon name="panel" size={18} />
      </button>
    </div>
  );
}

/** What is offered to them is taken where its time runs. */
function TakeButton({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const me = app.store.me.value;
  const { assignee, status } = conversation;
  if (status === "closed" || assignee === me?.id || !mayMove(conversation, me)) return null;
  if (isOfferedTo(conversation, me?.id)) return null;
  return (
    <button
      type="button"
      class="button"
      data-key="t"
      title="Take it (T)"
      onClick={() => void take(app, conversation)}
    >
      Take
    </button>
  );
}

function CloseButton({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const closed = conversation.status === "closed";
  const verb = closed ? "Reopen" : "Close";
  const run = () => void (closed ? reopen(app, conversation) : close(app, conversation));
  return (
    <button type="button" class="button" data-key="e" aria-label={verb} title={`${verb} (E)`} onClick={run}>
      <Icon name={closed ? "reopen" : "check"} /> <span>{verb}</span>
    </button>
  );
}
