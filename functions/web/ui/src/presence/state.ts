// Which dialog of the agent's own day is open. Reads and writes only.

import { type Signal, signal } from "@preact/signals";

/** Away with why and until when; or what is still with the agent, and what they were about to do. */
export type PresenceDialog = { kind: "away" } | { kind: "shift"; then: Leaving | null };

export type Leaving = "offline" | "sign-out";

export interface PresenceState {
  dialog: Signal<PresenceDialog | null>;
}

export function createPresenceState(): PresenceState {
  return { dialog: signal(null) };
}
