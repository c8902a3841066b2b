// Keeps what the screen knows about calls true: those that left the lists are read by themselves.

import { ApiError } from "../api/errors";
import type { App } from "../app-context";
import { ownParty, roleOf } from "./roles";
import { callOf, callsOf, dropCall, putCall } from "./state";
import { stillOpen } from "./wishes";

/** Read one call. One that is gone, or not the agent's to see, leaves the screen; any other failure changes nothing. */
export async function readCall({ api, store }: App, id: string): Promise<void> {
  try {
    putCall(store, await api.call(id));
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) dropCall(store, id);
  }
}

/** After the agent's own list was read: the calls of theirs that are not on it, if something happened to them. */
export async function refreshCalls(app: App, touched: ReadonlySet<string>, all: boolean): Promise<void> {
  const { store } = app;
  const { calls, lists } = store;
  const me = store.me.value?.id ?? "";
  const onList = new Set([...lists.mine.value.ids, ...lists.mine.value.arrived]);
  for (const call of callsOf(store)) calls.wishes.value = stillOpen(calls.wishes.value, call, me, Date.now());
  const missed = callsOf(store).filter(
    (call) =>
      !onList.has(call.conversation) &&
      (all || touched.has(call.conversation)) &&
      (roleOf(call, me, Date.now()) !== null || ownParty(call, me) !== undefined),
  );
  await Promise.all(missed.map(({ id }) => readCall(app, id)));
}

/** A leg that rings here for a call of which the lists say nothing: a colleague asks for help. */
export async function readUnknown(app: App): Promise<void> {
  const unknown = app.store.calls.legs.value.filter(({ call }) => call && !callOf(app.store, call));
  await Promise.all(unknown.map(({ call }) => readCall(app, call)));
}
