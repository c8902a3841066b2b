// What became of a hand-over, conversation by conversation. Pure.

import type { HandedOver } from "../../api/presence-routes";
import type { Conversation } from "../../api/types";
import { callerName } from "../../calls/words";

export interface Outcome {
  /** Where it was to go. */
  to: string;
  moved: Line[];
  kept: (Line & { why: string })[];
}

export interface Line {
  id: string;
  /** Whose it is, and what about. */
  name: string;
}

export function outcomeOf(
  { moved, kept }: HandedOver,
  to: string,
  known: ReadonlyMap<string, Conversation>,
): Outcome {
  const line = (id: string): Line => ({ id, name: titleOf(known.get(id)) });
  return {
    to,
    moved: moved.map(line),
    kept: kept.map(({ conversation, why }) => ({ ...line(conversation), why })),
  };
}

/** "All 3 are with Ben Carter now.", "2 of 3 are in the queue now." */
export function summary({ to, moved, kept }: Outcome): string {
  const all = moved.length + kept.length;
  if (all === 0) return "There was nothing left to hand over.";
  const where = to === "the queue" ? "in the queue" : `with ${to}`;
  if (moved.length === 0) return `Nothing moved to ${to}.`;
  if (all === 1) return `It is ${where} now.`;
  return kept.length ? `${moved.length} of ${all} are ${where} now.` : `All ${all} are ${where} now.`;
}

/** "Maria Lopez: Where is my parcel?" */
export function titleOf(head: Conversation | undefined): string {
  if (!head) return "A conversation";
  const { name, address: number } = head.contact;
  return [callerName({ name, number }), head.subject].filter(Boolean).join(": ");
}
