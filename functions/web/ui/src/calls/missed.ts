// Notices that a call rang out here and that its agent was set away for it, so that they are not left to wonder.

import { effect } from "@preact/signals";
import type { App } from "../app-context";
import type { Store } from "../store";
import { roleOf } from "./roles";
import { callOf, callsAs } from "./state";

/** The clocks of a browser and a server differ by this much without anybody noticing. */
const SLACK_MS = 5_000;
/** How long after a call the presence may be heard of. */
const HEARD_MS = 120_000;

/** Follow what rings and the agent's presence for as long as the page lives. */
export function followMissed({ store }: App): () => void {
  let rang = new Map<string, number>();
  let missedAt = -Infinity;
  let before = store.me.peek()?.presence;
  return effect(() => {
    const ringing = ringsUntil(store);
    const gone = [...rang].filter(([id, until]) => !ringing.has(id) && isOver(until) && !talksIn(store, id));
    if (gone.length > 0) missedAt = Date.now();
    rang = ringing;
    const presence = store.me.value?.presence;
    if (presence === before) return;
    const missed = [...ringing.values()].some(isOver) || Date.now() - missedAt < HEARD_MS;
    store.calls.missed.value = missed && before === "ONLINE" && presence === "AWAY";
    before = presence;
  });
}

/** What is offered here now, and until when. */
function ringsUntil(store: Store): Map<string, number> {
  const offers = callsAs(store, "offer", store.now.value);
  return new Map(offers.map(({ id, offer_expires: until }) => [id, until ? Date.parse(until) : Infinity]));
}

function isOver(until: number): boolean {
  return until - SLACK_MS <= Date.now();
}

function talksIn(store: Store, id: string): boolean {
  const call = callOf(store, id);
  return call !== undefined && roleOf(call, store.me.value?.id ?? "", Date.now()) === "talk";
}
