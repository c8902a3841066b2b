// Which dialog of the agent's own day is open. Reads and writes only.

import { type Signal, signal } from "@preact/signals";
import type { Colleague } from "../api/routing-types";

/** Away with why and until when; or what is still with the agent, and what they were about to do. */
export type PresenceDialog = { kind: "away" } | { kind: "shift"; then: Leaving | null };

export type Leaving = "offline" | "sign-out";

export interface PresenceState {
  dialog: Signal<PresenceDialog | null>;
  /** How colleagues stood when that was asked last, by their ids. */
  stances: Signal<ReadonlyMap<string, Colleague>>;
}

export function createPresenceState(): PresenceState {
  return { dialog: signal(null), stances: signal(new Map()) };
}
