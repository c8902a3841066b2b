// The head of an open conversation: who and what about, and what can be done with it.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { CallButton } from "../../calls/dial/call-button";
import { callerName, readable } from "../../calls/words";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { assign, close, reopen, take } from "../actions";
import { ConversationMenu } from "../merge/conversation-menu";

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
          {conversation.problem && <span class="problem">Not delivered</span>}
          {subject || (address !== title && address)}
        </p>
        <Follows conversation={conversation} />
      </div>
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
  const mine = conversation.assignee === store.me.value?.id;
  return (
    <div class="actions" role="toolbar" aria-label="Conversation">
      {!mine && conversation.status !== "closed" && (
        <button
          type="button"
          class="button"
          data-key="t"
          title="Take it (T)"
          onClick={() => void take(app, conversation)}
        >
          Take
        </button>
      )}
      {conversation.status !== "closed" && <AssignMenu conversation={conversation} />}
      <CloseButton conversation={conversation} />
      <CallButton conversation={conversation} />
      <ConversationMenu id={conversation.id} />
      <button
        type="button"
        class="plain panel-button"
        data-key="i"
        title="Customer (I)"
        aria-label="Customer"
        aria-expanded={store.contactOpen.value}
        onClick={() => {
          store.contactOpen.value = !store.contactOpen.value;
        }}
      >
        <Icon name="panel" size={18} />
      </button>
    </div>
  );
}

function AssignMenu({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const me = app.store.me.value;
  const agents = [...(me?.agents ?? [])].sort(
    (one, other) => Number(other.id === me?.id) - Number(one.id === me?.id),
  );
  const choices = agents.map(({ id, name }) => ({
    label: id === me?.id ? `${name} (you)` : name,
    chosen: id === conversation.assignee,
    run: () => void assign(app, conversation, id),
  }));
  const nobody = {
    label: "Back to the queue",
    hint: "The next free agent gets it",
    chosen: !conversation.assignee,
  };
  const owner = agents.find(({ id }) => id === conversation.assignee)?.name ?? conversation.assignee;
  return (
    <Menu
      label="Assign"
      shortcut="A"
      choices={[...choices, { ...nobody, run: () => void assign(app, conversation, null) }]}
    >
      <Icon name="person" /> <span class="owner-name">{owner ?? "Nobody yet"}</span> <Icon name="chevron" />
    </Menu>
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
