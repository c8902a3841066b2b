// Everything the screen shows, in one place. Reads and writes only: no requests, no clock, no decisions.

import { type Signal, signal } from "@preact/signals";
import type { Call } from "./api/call-types";
import type { Held } from "./api/mail-types";
import type { Conversation, Me, Message, View } from "./api/types";
import { type CallsState, createCallsState } from "./calls/state";
import type { Draft } from "./inbox/composer/draft";
import type { Outgoing } from "./inbox/composer/outgoing";
import type { Splitting } from "./inbox/merge/splitting";
import { createRoutingState, type RoutingState } from "./inbox/routing/state";
import { createTextingState, type TextingState } from "./inbox/texting/state";
import { createPresenceState, type PresenceState } from "./presence/state";
import { EMPTY_THREAD, type Thread, withMessages } from "./inbox/thread/timeline";
import { parseRoute, type Route, VIEWS } from "./route";

export type Phase = "loading" | "ready" | "failed";
export type Link = "connecting" | "live" | "reconnecting" | "offline";

export interface List {
  ids: string[];
  /** Ids that came in while the agent's pointer was on the list; they wait in the pill. */
  arrived: string[];
  /** The rows were held while the view changed, so they are to be read again. */
  stale: boolean;
  next: string | null;
  phase: Phase;
  error: string;
}

export interface Toast {
  id: number;
  tone: "info" | "error";
  text: string;
  action?: { label: string; run: () => void };
  /** Whether it is true no more: then it leaves by itself. */
  over?: () => boolean;
}

const EMPTY_LIST: List = { ids: [], arrived: [], stale: false, next: null, phase: "loading", error: "" };
/** How many timelines stay in memory. */
const THREADS_KEPT = 30;

export interface Store {
  me: Signal<Me | null>;
  route: Signal<Route>;
  conversations: Signal<ReadonlyMap<string, Conversation>>;
  /** What waits for a decision, by id. */
  held: Signal<ReadonlyMap<string, Held>>;
  /** Customers to call back, by the id of the planned call. */
  callBacks: Signal<ReadonlyMap<string, Call>>;
  calls: CallsState;
  texting: TextingState;
  routing: RoutingState;
  presence: PresenceState;
  lists: Record<View, Signal<List>>;
  threads: Signal<ReadonlyMap<string, Thread>>;
  drafts: Signal<ReadonlyMap<string, Draft>>;
  outgoing: Signal<readonly Outgoing[]>;
  /** Senders whose pictures are fetched without asking, in lower case. */
  trusted: Signal<ReadonlySet<string>>;
  /** The conversation that is about to be merged into another, while the dialog is open. */
  merging: Signal<string | null>;
  /** The messages that are being chosen to be split off. */
  splitting: Signal<Splitting | null>;
  /** Messages under another subject that stay where they are. */
  left: Signal<ReadonlySet<string>>;
  link: Signal<Link>;
  toasts: Signal<readonly Toast[]>;
  /** The list stands still while this is true. */
  listHeld: Signal<boolean>;
  /** Where the open conversation stood in the list, for the way on after it has left it. */
  lastIndex: Signal<number>;
  sheetOpen: Signal<boolean>;
  contactOpen: Signal<boolean>;
  /** Milliseconds since the epoch, moved on by a timer so that waiting times stay true. */
  now: Signal<number>;
}

export function createStore(hash = "", now = 0): Store {
  return {
    me: signal(null),
    route: signal(parseRoute(hash)),
    conversations: signal(new Map()),
    held: signal(new Map()),
    callBacks: signal(new Map()),
    calls: createCallsState(),
    texting: createTextingState(),
    routing: createRoutingState(),
    presence: createPresenceState(),
    lists: Object.fromEntries(VIEWS.map((view) => [view, signal(EMPTY_LIST)])) as Store["lists"],
    threads: signal(new Map()),
    drafts: signal(new Map()),
    outgoing: signal([]),
    trusted: signal(new Set<string>()),
    merging: signal(null),
    splitting: signal(null),
    left: signal(new Set<string>()),
    link: signal("connecting"),
    toasts: signal([]),
    listHeld: signal(false),
    lastIndex: signal(0),
    sheetOpen: signal(false),
    contactOpen: signal(false),
    now: signal(now),
  };
}

/** Newer facts replace older ones. */
export function putConversations(store: Store, conversations: readonly Conversation[]): void {
  const known = new Map(store.conversations.value);
  for (const conversation of conversations)
    known.set(conversation.id, { ...known.get(conversation.id), ...conversation });
  store.conversations.value = known;
}

export function patchConversation(store: Store, id: string, patch: Partial<Conversation>): void {
  const present = store.conversations.value.get(id);
  if (present) putConversations(store, [{ ...present, ...patch }]);
}

export function patchList(store: Store, view: View, patch: Partial<List>): void {
  store.lists[view].value = { ...store.lists[view].value, ...patch };
}

export function threadOf(store: Store, id: string): Thread {
  return store.threads.value.get(id) ?? EMPTY_THREAD;
}

/** Put a timeline; the ones not touched for longest are forgotten. */
export function putThread(store: Store, id: string, thread: Thread): void {
  const others = [...store.threads.value].filter(([other]) => other !== id);
  store.threads.value = new Map([...others.slice(1 - THREADS_KEPT), [id, thread]]);
}

export function addMessages(store: Store, id: string, messages: readonly Message[]): void {
  putThread(store, id, withMessages(threadOf(store, id), messages));
}

/** Forget timelines that are known to be out of date. */
export function dropThreads(store: Store, stale: ReadonlySet<string>): void {
  store.threads.value = new Map([...store.threads.value].filter(([id]) => !stale.has(id)));
}

export function putDraft(store: Store, id: string, draft: Draft): void {
  store.drafts.value = new Map(store.drafts.value).set(id, draft);
}

export function putOutgoing(store: Store, outgoing: Outgoing): void {
  const others = store.outgoing.value.filter((other) => other.requestId !== outgoing.requestId);
  store.outgoing.value = [...others, outgoing];
}

export function dropOutgoing(store: Store, requestId: string): void {
  store.outgoing.value = store.outgoing.value.filter((other) => other.requestId !== requestId);
}

export function addToast(store: Store, toast: Omit<Toast, "id">): void {
  const last = store.toasts.value.at(-1)?.id ?? 0;
  const others = store.toasts.value.filter((other) => other.text !== toast.text);
  store.toasts.value = [...others.slice(-2), { ...toast, id: last + 1 }];
}

export function dropToast(store: Store, id: number): void {
  store.toasts.value = store.toasts.value.filter((toast) => toast.id !== id);
}
