// The routes of an agent's own day: presence, the end of a shift; and what a customer is to us.

import type { Me, Named, Presence } from "./types";

type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** What goes with a presence: why, and when they mean to be back. */
export interface Said {
  reason?: string;
  returns_at?: string | null;
}

/** Where everything goes that an agent still has. */
export type Target = { agent: string } | { pool: string } | { queue: true };

export interface HandedOver {
  moved: string[];
  kept: { conversation: string; why: string }[];
}

export interface KnownContact extends Named {
  vip: boolean;
  /** Whom new work of theirs is kept for first. */
  owner: Named | null;
}

export function presenceRoutes(send: Send) {
  const contact = (conversation: string) => `/conversations/${encodeURIComponent(conversation)}/contact`;
  return {
    setPresence: (presence: Presence, said: Said = {}) =>
      send<Me>("PUT", "/me/presence", { presence, ...said }),
    handOverAll: (to: Target, note: string) => send<HandedOver>("POST", "/me/hand-over", { ...to, note }),
    contact: (conversation: string) => send<KnownContact>("GET", contact(conversation)),
    /** New work of theirs follows it; what is there stays as it is. */
    markContact: (conversation: string, { vip, owner }: { vip: boolean; owner: string | null }) =>
      send<KnownContact>("PUT", contact(conversation), { vip, owner }),
  };
}
