// What the screen knows about telephone calls beside what stands on the conversations. Reads and writes only.

import { type Signal, signal } from "@preact/signals";
import type { Call, PhoneChoice } from "../api/call-types";
import type { Store } from "../store";
import { named } from "./names";
import type { Line } from "./phone/line";
import { DEFAULT_RING, type RingSetting } from "./phone/ring-setting";
import { isOver, type Role, roleOf } from "./roles";
import { stillOpen, type Wishes } from "./wishes";

/** One call as the browser's phone has it. */
export interface Leg {
  sid: string;
  /** The id of the call that it is part of, or empty where nobody said. */
  call: string;
  state: "ringing" | "talking";
}

export type CallDialog =
  | { kind: "transfer"; call: string }
  | { kind: "dial"; conversation: string; number?: string }
  | { kind: "move"; call: string }
  | { kind: "setup" };

export interface CallsState {
  /** Calls that no conversation on screen has: a colleague asks for help in one that is theirs. */
  others: Signal<ReadonlyMap<string, Call>>;
  /** Attempts that the agent has declined or finished here: they leave the screen before the server says so. */
  dismissed: Signal<ReadonlySet<string>>;
  /** Calls that were begun on this screen: the browser's phone answers those by itself. */
  begun: Signal<ReadonlySet<string>>;
  wishes: Signal<Wishes>;
  dialog: Signal<CallDialog | null>;
  keypad: Signal<boolean>;
  /** The call whose note is being written after it: it stays on screen until the agent is done, whatever the clock says. */
  noting: Signal<Call | null>;
  legs: Signal<readonly Leg[]>;
  line: Signal<Line>;
  choice: Signal<PhoneChoice | null>;
  ring: Signal<RingSetting>;
  /** What was offered here until its time was over, such as "a call", and the agent was set away for it; or empty. */
  missed: Signal<string>;
}

export function createCallsState(): CallsState {
  return {
    others: signal(new Map()),
    dismissed: signal(new Set<string>()),
    begun: signal(new Set<string>()),
    wishes: signal(new Map()),
    dialog: signal(null),
    keypad: signal(false),
    noting: signal(null),
    legs: signal([]),
    line: signal({ phase: "off", words: "", next: "" }),
    choice: signal(null),
    ring: signal(DEFAULT_RING),
    missed: signal(""),
  };
}

/** Every call that the screen knows of, each once, with its customer's name where one is known. */
export function callsOf(store: Store): Call[] {
  const { conversations, calls } = store;
  const known = new Map(calls.others.value);
  for (const { call } of conversations.value.values()) if (call) known.set(call.id, call);
  return [...known.values()].map((call) => knownAs(store, call));
}

/** A call as the screen says it. */
export function knownAs({ conversations }: Store, call: Call): Call {
  return named(call, conversations.value.get(call.conversation)?.contact.name ?? "");
}

export function callOf(store: Store, id: string): Call | undefined {
  return callsOf(store).find((call) => call.id === id);
}

/** The agent's calls that play a role now, the oldest first. */
export function callsAs(store: Store, role: Role, now: number): Call[] {
  const me = store.me.value?.id ?? "";
  const { dismissed } = store.calls;
  return callsOf(store)
    .filter((call) => roleOf(call, me, now) === role && !dismissed.value.has(attemptOf(call)))
    .sort((one, other) => (one.queued_at ?? "").localeCompare(other.queued_at ?? ""));
}

/** Whether there is a call in a conversation that is not over. */
export function isOnThePhone(store: Store, conversation: string): boolean {
  const call = store.conversations.value.get(conversation)?.call;
  return call ? !isOver(call) : false;
}

/** Take in what the server says about a call, wherever it stands. A call that is over does not displace the next one. */
export function putCall(store: Store, call: Call): void {
  const { calls, conversations, me } = store;
  const head = conversations.value.get(call.conversation);
  const displaced = head?.call && head.call.id !== call.id && isOver(call);
  if (head && !displaced) conversations.value = new Map(conversations.value).set(head.id, { ...head, call });
  else calls.others.value = new Map(calls.others.value).set(call.id, call);
  calls.wishes.value = stillOpen(calls.wishes.value, call, me.value?.id ?? "", Date.now());
}

/** The call is over for this agent, or no longer theirs to see. */
export function dropCall(store: Store, id: string): void {
  const { calls, conversations } = store;
  const head = [...conversations.value.values()].find(({ call }) => call?.id === id);
  if (head) conversations.value = new Map(conversations.value).set(head.id, { ...head, call: null });
  calls.others.value = new Map([...calls.others.value].filter(([other]) => other !== id));
}

/** The same call may ring again later: each offer has a time of its own, each question another party. */
function attemptOf({ id, state, offer_expires, parties }: Call): string {
  return `${id} ${state} ${offer_expires ?? parties.length}`;
}

export function dismiss({ calls: { dismissed } }: Store, call: Call, gone: boolean): void {
  const others = [...dismissed.value].filter((other) => other !== attemptOf(call));
  dismissed.value = new Set(gone ? [...others, attemptOf(call)] : others);
}
