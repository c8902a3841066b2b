// What the agent has asked for and the server has not yet made so: shown at once, dropped when it is so or cannot be.

import type { Call } from "../api/call-types";
import type { Switch } from "../api/call-routes";
import { isOn } from "./roles";

/** How long a wish may look fulfilled before the screen goes back to what the server says. */
export const WISH_PATIENCE_MS = 12_000;

export interface Wish {
  on: boolean;
  /** Milliseconds since the epoch. */
  at: number;
  /** The call's problem when it was asked for: another one since is the answer. */
  problem: string;
}

/** The agent's wishes by call and switch: "CA1 hold". */
export type Wishes = ReadonlyMap<string, Wish>;

export function wishKey(call: string, what: Switch): string {
  return `${call} ${what}`;
}

/** Whether something looks switched on. */
export function looksOn(call: Call, what: Switch, me: string, wishes: Wishes): boolean {
  return wishes.get(wishKey(call.id, what))?.on ?? isOn(call, what, me);
}

/** The wishes that are still open after `call` was read again. */
export function stillOpen(wishes: Wishes, call: Call, me: string, now: number): Wishes {
  const open = (key: string, { on, at, problem }: Wish): boolean => {
    const [id, what] = key.split(" ") as [string, Switch];
    if (id !== call.id) return true;
    return isOn(call, what, me) !== on && problem === call.problem && now - at < WISH_PATIENCE_MS;
  };
  return new Map([...wishes].filter(([key, wish]) => open(key, wish)));
}
