// The routes of the HTTP API that explain routing, and that move a conversation by hand.

import type { Colleagues, Priority, Routing } from "./routing-types";
import type { Conversation } from "./types";

type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function routingRoutes(send: Send) {
  const one = (id: string, verb: string) => `/conversations/${encodeURIComponent(id)}/${verb}`;
  return {
    routing: (id: string) => send<Routing>("GET", one(id, "routing")),
    /** A colleague gets it with a note; null gives it back to the queue. */
    assign: (id: string, agent: string | null, note = "") =>
      send<Conversation>("POST", one(id, "assign"), { agent, note }),
    /** The answer to the offer that was seen to end at `until`. */
    accept: (id: string, until: string | null) =>
      send<Conversation>("POST", one(id, "accept"), { offered_until: until }),
    decline: (id: string, until: string | null) =>
      send<Conversation>("POST", one(id, "decline"), { offered_until: until }),
    prioritise: (id: string, priority: Priority) => send<Conversation>("POST", one(id, "priority"), priority),
    escalate: (id: string, pool: string, note: string) =>
      send<Conversation>("POST", one(id, "escalate"), { pool, note }),
    markHeated: (id: string, heated: boolean) => send<Conversation>("PUT", one(id, "heated"), { heated }),
    /** Until then, or with null until the customer writes; refused where a message is newer than `seen`. */
    snooze: (id: string, until: string | null, seen: string) =>
      send<Conversation>("POST", one(id, "snooze"), { until, seen }),
    wake: (id: string) => send<Conversation>("POST", one(id, "wake")),
    colleagues: () => send<Colleagues>("GET", "/me/colleagues"),
  };
}
