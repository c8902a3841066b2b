// Reads lists and timelines into the store. A failure becomes the state of the pane that it belongs to.

import type { Signal } from "@preact/signals";
import { explain } from "../api/errors";
import type { Page, View } from "../api/types";
import type { App } from "../app-context";
import { patchList, putConversations, putThread, threadOf } from "../store";
import { nothingInFlight } from "./composer/send";
import { refreshed } from "./list/arrange";
import { showing, withNewest, withOlder } from "./thread/timeline";

const NOTHING: ReadonlySet<string> = new Set();

/** Read the first page of a view; rows that are on screen stay there while it loads. */
export async function loadList(app: App, view: View, changed = NOTHING, held = false): Promise<void> {
  const { store } = app;
  if (store.lists[view].value.phase === "failed") patchList(store, view, { phase: "loading" });
  try {
    const { items: ids, next } = await readPage(app, view, null);
    store.lists[view].value = refreshed(store.lists[view].value, { ids, next, changed }, held);
  } catch (error) {
    failList(app, view, error);
  }
}

/** Read the page below the last row. */
export async function loadMore(app: App, view: View): Promise<void> {
  const { store } = app;
  const cursor = store.lists[view].value.next;
  if (cursor === null) return;
  try {
    const page = await readPage(app, view, cursor);
    const present = store.lists[view].value;
    if (present.next !== cursor) return;
    const ids = new Set([...present.ids, ...page.items]);
    patchList(store, view, { ids: [...ids], next: page.next });
  } catch (error) {
    failList(app, view, error);
  }
}

/** Put one page of a view into the store and answer its ids. */
async function readPage({ api, store }: App, view: View, cursor: string | null): Promise<Page<string>> {
  if (view === "held") return kept(store.held, await api.held(cursor));
  if (view === "call-backs") return kept(store.callBacks, await api.callBacks(cursor));
  const page = await api.conversations(view, cursor);
  putConversations(store, page.items);
  return { items: page.items.map(({ id }) => id), next: page.next };
}

/** Put a page of what is no conversation where its rows look for it. */
function kept<T extends { id: string }>(shelf: Signal<ReadonlyMap<string, T>>, page: Page<T>): Page<string> {
  shelf.value = new Map([...shelf.value, ...page.items.map((entry) => [entry.id, entry] as const)]);
  return { items: page.items.map(({ id }) => id), next: page.next };
}

/** Read a conversation and its newest page together. */
export async function loadThread(app: App, id: string): Promise<void> {
  const { api, store } = app;
  try {
    const [conversation, page] = await Promise.all([api.conversation(id), api.messages(id)]);
    await nothingInFlight(app, id);
    putConversations(store, [conversation]);
    putThread(store, id, withNewest(showing(threadOf(store, id), conversation.absorbed), page));
  } catch (error) {
    const { messages } = threadOf(store, id);
    const phase = messages.length ? "ready" : "failed";
    putThread(store, id, { ...threadOf(store, id), phase, error: explain(error) });
  }
}

/** Read the page before the oldest message. */
export async function loadOlder(app: App, id: string): Promise<void> {
  const { older } = threadOf(app.store, id);
  if (older === null) return;
  try {
    const page = await app.api.messages(id, older);
    putThread(app.store, id, { ...withOlder(threadOf(app.store, id), page), error: "" });
  } catch (error) {
    putThread(app.store, id, { ...threadOf(app.store, id), error: explain(error) });
  }
}

export async function loadMe(app: App): Promise<void> {
  app.store.me.value = await app.api.me();
}

function failList({ store }: App, view: View, error: unknown): void {
  const phase = store.lists[view].value.ids.length ? "ready" : "failed";
  patchList(store, view, { phase, error: explain(error) });
}
