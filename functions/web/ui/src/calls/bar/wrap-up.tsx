// After a call: a quiet count of the time that is left for it, the note at hand, and a way to be done.

import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../../api/call-types";
import { type App, useApp } from "../../app-context";
import { EMPTY_DRAFT } from "../../inbox/composer/draft";
import { sendDraft } from "../../inbox/composer/send";
import { putDraft } from "../../store";
import { Icon } from "../../ui/icon";
import { finish } from "../acts";
import { useFocusHome } from "../focus";
import { roleOf, secondsUntil } from "../roles";
import { callOf } from "../state";
import { useSeconds } from "../tick";
import { callerName, clock } from "../words";

export function WrapUp({ call, first }: { call: Call; first: boolean }) {
  const app = useApp();
  const strip = useRef<HTMLFormElement>(null);
  useFocusHome(strip);
  const note = app.store.drafts.value.get(call.conversation)?.note ?? "";
  const submit = async (event: Event) => {
    event.preventDefault();
    app.store.calls.noting.value = null;
    if (note.trim()) await saveNote(app, call.conversation);
    if (isWaitedFor(app, call)) await finish(app, call);
  };
  return (
    <form class="call-bar wrap-up" ref={strip} onSubmit={submit} aria-label="After the call">
      <p class="call-who">
        <strong class="call-name">{callerName(call)}</strong>
        <Ended call={call} />
      </p>
      <NoteField call={call} note={note} />
      <button
        type="submit"
        class="button"
        title="Done: new calls may come (Shift + D)"
        {...(first && { "data-key": "shift+d" })}
      >
        <Icon name="check" /> {note.trim() ? "Save note, done" : "Done"}
      </button>
    </form>
  );
}

/** How long it took, and how long nothing new rings. */
function Ended({ call }: { call: Call }) {
  const { store } = useApp();
  const now = useSeconds();
  const { answered_at: from, ended_at: to, wrap_until: until } = call;
  const took = from && to ? clock((Date.parse(to) - Date.parse(from)) / 1000) : "";
  const left = secondsUntil(until, now);
  const over = left === 0;
  useEffect(() => {
    if (over) store.now.value = Date.now();
  }, [over]);
  return (
    <span class="call-standing">
      <span>Call ended{took && ` after ${took}`}.</span>
      {over && <span role="status">New calls may come</span>}
      {left !== null && !over && <span role="timer">No new call for {clock(left)}</span>}
    </span>
  );
}

function NoteField({ call, note }: { call: Call; note: string }) {
  const { store } = useApp();
  const { conversation } = call;
  const { noting } = store.calls;
  const write = (text: string) => {
    const draft = store.drafts.value.get(conversation) ?? EMPTY_DRAFT;
    putDraft(store, conversation, { ...draft, tab: "note", note: text });
  };
  return (
    <input
      class="wrap-note"
      aria-label="Note about the call"
      placeholder="What was agreed? Your team reads it, the customer never does."
      value={note}
      onFocus={() => {
        noting.value = call;
      }}
      onBlur={() => {
        noting.value = null;
      }}
      onInput={({ currentTarget: { value } }) => write(value)}
    />
  );
}

/** Whether the agent is still held for the work after this call. */
function isWaitedFor({ store }: App, call: Call): boolean {
  const known = callOf(store, call.id);
  return known !== undefined && roleOf(known, store.me.value?.id ?? "", Date.now()) === "wrap";
}

/** The same draft as in the composer, whichever of the two was open. */
async function saveNote(app: App, conversation: string): Promise<void> {
  const draft = app.store.drafts.value.get(conversation) ?? EMPTY_DRAFT;
  putDraft(app.store, conversation, { ...draft, tab: "note" });
  await sendDraft(app, conversation);
}
