// What the screen shows of routing beside what stands on conversations. Reads and writes only.

import { type Signal, signal } from "@preact/signals";

/** The dialog that is open, and about which conversation. */
export type RoutingDialog = { conversation: string } & (
  { kind: "hand-over"; agent: string } | { kind: "priority" } | { kind: "escalate" } | { kind: "snooze" }
);

export interface RoutingState {
  dialog: Signal<RoutingDialog | null>;
  /** The open conversation's routing is explained in the place of its customer. */
  why: Signal<boolean>;
}

export function createRoutingState(): RoutingState {
  return { dialog: signal(null), why: signal(false) };
}
