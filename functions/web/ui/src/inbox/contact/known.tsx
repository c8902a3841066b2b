// What a customer is to us: a VIP or not, and whose. New work of theirs follows it.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { explain } from "../../api/errors";
import type { KnownContact } from "../../api/presence-routes";
import type { Conversation, Named } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { putConversations } from "../../store";
import "./known.css";

export interface State {
  known: KnownContact | null;
  /** What went wrong, or empty. */
  error: string;
  /** What was changed last, for readers. */
  done: string;
}

const UNKNOWN: State = { known: null, error: "", done: "" };

/** Another customer's never stands here while theirs is read. */
export default function Known({ conversation }: { conversation: Conversation }) {
  return <KnownOf key={conversation.contact.id} conversation={conversation} />;
}

function KnownOf({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const state = useSignal<State>(UNKNOWN);
  const { id, contact } = conversation;
  const read = () => void reading(app, id, state);
  useEffect(read, [id, contact.vip]);
  const { known, error, done } = state.value;
  return (
    <section class="known" aria-label="What they are to us">
      <Vip state={state} conversation={conversation} />
      <Owner state={state} conversation={conversation} />
      <p class="unseen" role="status">
        {done}
      </p>
      {error && (
        <p class="pane-error" role="alert">
          {error}{" "}
          {!known && (
            <button type="button" class="link" onClick={read}>
              Try again
            </button>
          )}
        </p>
      )}
    </section>
  );
}

interface Props {
  state: Signal<State>;
  conversation: Conversation;
}

function Vip({ state, conversation }: Props) {
  const app = useApp();
  const { known } = state.value;
  return (
    <label class="known-vip">
      <input
        type="checkbox"
        checked={known?.vip ?? conversation.contact.vip ?? false}
        disabled={!known}
        onChange={({ currentTarget: { checked: vip } }) => void mark(app, conversation, state, { vip })}
      />
      VIP
      <small>Rules may put them first</small>
    </label>
  );
}

function Owner({ state, conversation }: Props) {
  const app = useApp();
  const { known } = state.value;
  const agents = withOwner(app.store.me.value?.agents ?? [], known?.owner ?? null);
  return (
    <label class="known-owner">
      Belongs to
      <select
        value={known?.owner?.id ?? ""}
        disabled={!known}
        onChange={({ currentTarget: { value } }) => {
          const owner = agents.find((agent) => agent.id === value) ?? null;
          void mark(app, conversation, state, { owner });
        }}
      >
        <option value="">Nobody</option>
        {agents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <small>
        {known?.owner
          ? `New work of theirs is kept for ${firstOf(known.owner)} first`
          : "New work goes to whoever is free"}
      </small>
    </label>
  );
}

function firstOf({ name }: Named): string {
  return name.split(" ")[0] ?? name;
}

/** An owner may work elsewhere, or be no agent any more. */
function withOwner(agents: readonly Named[], owner: Named | null): Named[] {
  const known = owner === null || agents.some(({ id }) => id === owner.id);
  return known ? [...agents] : [owner, ...agents];
}

async function reading({ api }: App, conversation: string, state: Signal<State>): Promise<void> {
  try {
    state.value = { ...state.value, known: await api.contact(conversation), error: "" };
  } catch (error) {
    state.value = { ...UNKNOWN, error: `It is not known what they are to us. ${explain(error)}` };
  }
}

/** Shown at once, taken back if the server disagrees. */
async function mark(
  app: App,
  { id, contact }: Conversation,
  state: Signal<State>,
  patch: Partial<KnownContact>,
): Promise<void> {
  const before = state.value.known;
  if (!before) return;
  const wanted = { ...before, ...patch };
  state.value = { known: wanted, error: "", done: "" };
  try {
    const known = await app.api.markContact(id, { vip: wanted.vip, owner: wanted.owner?.id ?? null });
    state.value = { known, error: "", done: doneWords(known) };
    showEverywhere(app, contact.id, known.vip);
  } catch (error) {
    state.value = { known: before, error: `That was not saved. ${explain(error)}`, done: "" };
  }
}

function doneWords({ vip, owner }: KnownContact): string {
  return `Saved: ${vip ? "a VIP" : "no VIP"}, belongs to ${owner?.name ?? "nobody"}.`;
}

/** A contact may have several conversations on the screen. */
function showEverywhere({ store }: App, contact: string, vip: boolean): void {
  const theirs = [...store.conversations.value.values()].filter((head) => head.contact.id === contact);
  putConversations(
    store,
    theirs.map((head) => ({ ...head, contact: { ...head.contact, vip } })),
  );
}
