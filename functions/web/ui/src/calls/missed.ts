// Notices that an offer ran out here and that its agent was set away for it, so that they are not left to wonder.

import { effect } from "@preact/signals";
import type { App } from "../app-context";
import { endOf, offersOf, pieceOf } from "../inbox/offers/offers";
import type { Store } from "../store";
import { roleOf } from "./roles";
import { callOf, callsAs } from "./state";

/** The clocks of a browser and a server differ by this much without anybody noticing. */
const SLACK_MS = 5_000;
/** How long after an offer the presence may be heard of. */
const HEARD_MS = 120_000;

interface Offered {
  /** Milliseconds since the epoch. */
  until: number;
  /** Such as "a call". */
  what: string;
}

/** Follow what is offered and the agent's presence for as long as the page lives. */
export function followMissed({ store }: App): () => void {
  let before = offered(store);
  let latest = { at: -Infinity, what: "" };
  let presence = store.me.peek()?.presence;
  return effect(() => {
    const now = offered(store);
    const gone = [...before].find(([id, offer]) => !now.has(id) && isOver(offer) && !isTheirs(store, id));
    if (gone) latest = { at: Date.now(), what: gone[1].what };
    before = now;
    const was = presence;
    presence = store.me.value?.presence;
    if (presence === was) return;
    const missed = [...now.values()].find(isOver)?.what ?? recent(latest);
    store.calls.missed.value = was === "ONLINE" && presence === "AWAY" ? missed : "";
  });
}

function recent({ at, what }: { at: number; what: string }): string {
  return Date.now() - at < HEARD_MS ? what : "";
}

/** What is offered here now, by the id of the call or of the conversation. */
function offered(store: Store): Map<string, Offered> {
  const written = offersOf(store).map(
    (head) => [head.id, { until: endOf(head), what: pieceOf(head) }] as const,
  );
  const calls = callsAs(store, "offer", store.now.value).map(({ id, offer_expires: until }) => {
    return [id, { until: until ? Date.parse(until) : Infinity, what: "a call" }] as const;
  });
  return new Map([...written, ...calls]);
}

function isOver({ until }: Offered): boolean {
  return until - SLACK_MS <= Date.now();
}

function isTheirs(store: Store, id: string): boolean {
  const me = store.me.value?.id ?? "";
  const call = callOf(store, id);
  if (call) return roleOf(call, me, Date.now()) === "talk";
  return store.conversations.value.get(id)?.assignee === me;
}
