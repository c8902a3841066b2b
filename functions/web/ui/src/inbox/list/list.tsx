// The list of a view: it stays still under the pointer and says in a pill what came meanwhile.

import { useEffect, useRef } from "preact/hooks";
import type { Presence, View } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { CallBackRow } from "../../calls/back/call-back-row";
import type { List } from "../../store";
import { Empty, Failed, Loading } from "../../ui/states";
import { PRESENCE_WORDS, VIEW_WORDS } from "../../ui/words";
import { loadList, loadMore } from "../loading";
import { HeldRow } from "./held-row";
import { Row } from "./row";
import "./list.css";

const EMPTY_WORDS: Record<View, { title: string; text: string }> = {
  mine: { title: "Nobody is waiting for you", text: "New work comes to you here while you are online." },
  snoozed: {
    title: "Nothing is snoozed",
    text: "What you put aside with S waits here, the soonest first, and comes back by itself.",
  },
  unassigned: {
    title: "Everybody is being looked after",
    text: "Conversations without an agent show up here.",
  },
  all: { title: "No open conversations", text: "Whatever customers send appears here as it arrives." },
  filtered: {
    title: "Nothing was filtered out",
    text: "Automatic replies, newsletters and reports that opened no conversation are kept here.",
  },
  held: {
    title: "Nothing is held back",
    text: "What Heartline does not dare to send or take in by itself waits here for you.",
  },
  "call-backs": {
    title: "Nobody is to be called back",
    text: "Call-backs that customers asked for, or that you plan, stand here, the soonest first.",
  },
  closed: { title: "Nothing closed yet", text: "Conversations that are done are kept here." },
};

export function ConversationList() {
  const app = useApp();
  const { store } = app;
  const { view } = store.route.value;
  const list = store.lists[view].value;
  const rows = useRef<HTMLDivElement>(null);
  const hold = (pointerOn: boolean) => holdList(app, view, pointerOn || (rows.current?.scrollTop ?? 0) > 0);
  const release = () => {
    rows.current?.scrollTo(0, 0);
    store.listHeld.value = false;
    void loadList(app, view);
  };
  return (
    <section class="list" aria-label={`Conversations: ${VIEW_WORDS[view]}`}>
      <h2>{VIEW_WORDS[view]}</h2>
      {list.arrived.length > 0 && (
        <button type="button" class="pill" onClick={release}>
          {list.arrived.length} new
        </button>
      )}
      <div
        class="rows"
        ref={rows}
        onPointerEnter={(event) => event.pointerType === "mouse" && hold(true)}
        onPointerLeave={() => hold(false)}
        onScroll={() => hold(store.listHeld.value)}
      >
        <Rows view={view} list={list} />
      </div>
    </section>
  );
}

function Rows({ view, list }: { view: View; list: List }) {
  const app = useApp();
  if (list.phase === "loading" && list.ids.length === 0) return <Loading label="Loading conversations" />;
  if (list.phase === "failed")
    return <Failed title="The list did not load" text={list.error} retry={() => void loadList(app, view)} />;
  if (list.ids.length === 0) return <Empty icon={view} {...emptyWords(view, app.store.me.value?.presence)} />;
  return (
    <>
      {list.ids.map((id) => (
        <ListEntry key={id} id={id} view={view} />
      ))}
      {list.next !== null && <More key={list.next} more={() => void loadMore(app, view)} />}
      {list.error && <p class="pane-error">{list.error}</p>}
    </>
  );
}

function ListEntry({ id, view }: { id: string; view: View }) {
  if (view === "held") return <HeldEntry id={id} />;
  return view === "call-backs" ? <CallBackEntry id={id} /> : <ConversationEntry id={id} view={view} />;
}

function CallBackEntry({ id }: { id: string }) {
  const call = useApp().store.callBacks.value.get(id);
  return call ? <CallBackRow call={call} /> : null;
}

function ConversationEntry({ id, view }: { id: string; view: View }) {
  const conversation = useApp().store.conversations.value.get(id);
  return conversation ? <Row conversation={conversation} view={view} /> : null;
}

function HeldEntry({ id }: { id: string }) {
  const held = useApp().store.held.value.get(id);
  return held ? <HeldRow held={held} /> : null;
}

/** Who is not online would wait in vain for work, so they are told. */
function emptyWords(view: View, presence: Presence = "ONLINE"): { title: string; text: string } {
  const words = EMPTY_WORDS[view];
  if (view !== "mine" || presence === "ONLINE") return words;
  const now = PRESENCE_WORDS[presence].name.toLowerCase();
  return { ...words, text: `You are ${now}. Set yourself online to get work.` };
}

/** Loads the next page when it comes into view; a button for those who do not scroll. */
function More({ more }: { more: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more());
    if (button.current) observer.observe(button.current);
    return () => observer.disconnect();
  }, []);
  return (
    <button type="button" class="link more" ref={button} onClick={more}>
      Show more
    </button>
  );
}

/** While it is held a refresh changes no row's place; what was missed is read on release. */
function holdList(app: App, view: View, held: boolean): void {
  const { listHeld, lists } = app.store;
  if (listHeld.value === held) return;
  listHeld.value = held;
  if (!held && lists[view].value.stale) void loadList(app, view);
}
