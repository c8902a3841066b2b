// What a call is to the agent at this screen: decisions only.

import type { Call, CallRight, CallState, Party } from "../api/call-types";
import type { Switch } from "../api/call-routes";

/** Rings at me; a colleague asks me in; I talk (or my own call is being set up); I have yet to wrap up. */
export type Role = "offer" | "asked" | "talk" | "wrap";

const OVER: ReadonlySet<CallState> = new Set([
  "completed",
  "voicemail",
  "callback_requested",
  "abandoned",
  "unanswered",
  "cancelled",
  "failed",
]);

export function isOver({ state }: Call): boolean {
  return OVER.has(state);
}

/** The agent's own leg, while they have one. */
export function ownParty({ parties }: Call, me: string): Party | undefined {
  return parties.findLast(({ kind, id, state }) => kind === "agent" && id === me && state !== "left");
}

export function roleOf(call: Call, me: string, now: number): Role | null {
  if (isOver(call)) return call.agent === me && wraps(call, now) ? "wrap" : null;
  const own = ownParty(call, me);
  if (own?.state === "joined" || own?.state === "held") return "talk";
  if (call.agent === me && call.purpose === "dial") return "talk";
  if (call.agent === me && call.state === "offering") return "offer";
  if (call.agent === me && (call.state === "in_progress" || call.state === "dialling")) return "talk";
  return own ? "asked" : null;
}

function wraps({ wrap_until: until, can }: Call, now: number): boolean {
  return can.includes("wrap_up") && (until === null || Date.parse(until) > now);
}

export function may({ can }: Call, right: CallRight): boolean {
  return can.includes(right);
}

export function customerOf({ parties }: Call): Party | undefined {
  return parties.find(({ kind }) => kind === "customer");
}

/** Whom the agent is asking in, while they are not yet part of the call. */
export function consulted({ parties }: Call): Party | undefined {
  return parties.findLast(({ label, state }) => label.startsWith("consult") && state !== "left");
}

/** Whether something is switched on as the server knows it. */
export function isOn(call: Call, what: Switch, me: string): boolean {
  if (what === "recording") return call.recording === "on";
  if (what === "hold") return customerOf(call)?.state === "held";
  return ownParty(call, me)?.muted ?? false;
}

/** Whole seconds until `iso`, never below zero; null without one. */
export function secondsUntil(iso: string | null | undefined, now: number): number | null {
  return iso ? Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000)) : null;
}
