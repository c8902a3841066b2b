// Keeps what the screen knows about calls true: those that left the lists are read by themselves.

import { effect, untracked } from "@preact/signals";
import type { Call } from "../api/call-types";
import { ApiError } from "../api/errors";
import type { App } from "../app-context";
import { roleOf } from "./roles";
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
    (call) => !onList.has(call.conversation) && (all || touched.has(call.conversation)) && hadPart(call, me),
  );
  await Promise.all(missed.map(({ id }) => readCall(app, id)));
}

/** Whether the agent has it, or was ever rung for it: it may come back to them. */
function hadPart({ agent, parties }: Call, me: string): boolean {
  return agent === me || parties.some(({ kind, id }) => kind === "agent" && id === me);
}

/** A leg may ring here for a call of which the lists say nothing, or nothing new: a colleague asks for help. */
export function followLegs(app: App): () => void {
  return effect(() => {
    const legs = app.store.calls.legs.value;
    // Only another leg is a reason to ask: the answer must not be one.
    untracked(() => {
      for (const { call } of legs) if (call && !isExpected(app, call)) void readCall(app, call);
    });
  });
}

/** Whether the screen knows why it rings. */
function isExpected({ store }: App, id: string): boolean {
  const call = callOf(store, id);
  return call !== undefined && roleOf(call, store.me.value?.id ?? "", Date.now()) !== null;
}
