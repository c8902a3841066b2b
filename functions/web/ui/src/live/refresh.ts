// Turns changes into as few requests as possible: never one for each row.

import type { Change, View } from "../api/types";
import type { App } from "../app-context";
import { refreshCalls } from "../calls/reading";
import { isOnThePhone } from "../calls/state";
import { readable } from "../calls/words";
import { offersOf } from "../inbox/offers/offers";
import { withTargets } from "../inbox/merge/shown";
import { loadList, loadMe, loadThread } from "../inbox/loading";
import { formatRoute } from "../route";
import { addToast, dropThreads, threadOf } from "../store";

const NONE: ReadonlySet<string> = new Set();

/** Bring what is on screen up to date with `changes`; after a reset everything is read again. */
export async function applyChanges(app: App, changes: readonly Change[], reset: boolean): Promise<void> {
  const { route, me } = app.store;
  const changed = changes.flatMap(({ conversation }) => conversation ?? []);
  const touched = withTargets(app.store, changed);
  const { conversation: open, view } = route.value;
  const jobs: Promise<void>[] = [];
  if (reset || touched.size)
    jobs.push(refreshLists(app, view, touched).then(() => refreshCalls(app, touched, reset)));
  if (open && (reset || touched.has(open))) jobs.push(loadThread(app, open));
  if (reset || changes.some(({ agent }) => agent === me.value?.id)) jobs.push(loadMe(app));
  dropThreads(app.store, staleThreads(app, touched, reset));
  await Promise.all(jobs);
}

/** What is held stands in no conversation, so the feed does not name it: its list is read with every look at the feed. */
export function refreshHeld(app: App): void {
  const { lists, listHeld, route } = app.store;
  if (route.value.view === "held" && lists.held.value.phase === "ready")
    void loadList(app, "held", NONE, listHeld.value);
}

/** Once the server answers again, panes that failed are read without being asked. */
export function retryFailed(app: App): void {
  const { lists, route } = app.store;
  const { view, conversation } = route.value;
  if (lists[view].value.phase === "failed") void loadList(app, view);
  if (conversation && threadOf(app.store, conversation).phase === "failed")
    void loadThread(app, conversation);
}

/** The agent's own list is kept true whatever view is open: it is where work arrives. */
async function refreshLists(app: App, view: View, touched: ReadonlySet<string>): Promise<void> {
  const { lists, listHeld } = app.store;
  const before = new Set(lists.mine.value.ids);
  const known = lists.mine.value.phase === "ready";
  const others = view === "mine" ? [] : [loadList(app, view, touched, listHeld.value)];
  await Promise.all([...others, loadList(app, "mine", touched, view === "mine" && listHeld.value)]);
  if (known) announce(app, before);
}

function announce({ store }: App, before: ReadonlySet<string>): void {
  const { ids, arrived } = store.lists.mine.value;
  const fresh = new Set([...ids, ...arrived].filter((id) => !before.has(id)));
  fresh.delete(store.route.value.conversation ?? "");
  // A call that rings, or is about to, has a card of its own; what is only offered has a bar.
  const offered = new Set(offersOf(store).map(({ id }) => id));
  for (const id of fresh) if (isOnThePhone(store, id) || offered.has(id)) fresh.delete(id);
  for (const id of [...fresh].slice(0, 1)) {
    const name = readable(store.conversations.value.get(id)?.contact.name ?? "") || "A customer";
    const more = fresh.size > 1 ? ` and ${fresh.size - 1} more` : "";
    const run = () => window.location.assign(formatRoute({ view: "mine", conversation: id }));
    addToast(store, { tone: "info", text: `${name}${more}: now with you`, action: { label: "Open", run } });
  }
}

function staleThreads({ store }: App, touched: ReadonlySet<string>, reset: boolean): Set<string> {
  const stale = new Set(reset ? store.threads.value.keys() : touched);
  stale.delete(store.route.value.conversation ?? "");
  return stale;
}
