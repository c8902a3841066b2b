// What an agent says when they go away: why, and when they are back. In their own time; pure.

import type { Said } from "../api/presence-routes";
import type { Me } from "../api/types";
import { REASONS } from "./words";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Minutes that are proposed for being away. */
export const SPANS = [5, 15, 30, 60] as const;

/** Minutes, a time of the day, or nothing. */
export type Back = { minutes: number } | { clock: string } | null;

export interface Away {
  /** One of `REASONS`, or "" for words of their own. */
  reason: string;
  own: string;
  back: Back;
}

/** What the form begins with: what was said already, else a short break. */
export function begun(me: Me, now: number): Away {
  const { presence, presence_reason: said, returns_at: back } = me;
  if (presence !== "AWAY") return { reason: REASONS[0], own: "", back: { minutes: 15 } };
  const known = (REASONS as readonly string[]).includes(said);
  const ahead = back !== null && Date.parse(back) > now;
  return { reason: known ? said : "", own: known ? "" : said, back: ahead ? { clock: clockOf(back) } : null };
}

/** When they are back, in milliseconds; null where they do not say, or not yet. A time that is over today is tomorrow's. */
export function backAt(back: Back, now: number): number | null {
  if (back === null) return null;
  if ("minutes" in back) return now + back.minutes * MINUTE_MS;
  const [hours, minutes] = back.clock.split(":").map(Number);
  if (hours === undefined || minutes === undefined) return null;
  const today = new Date(now).setHours(hours, minutes, 0, 0);
  if (today > now) return today;
  return new Date(today + DAY_MS).setHours(hours, minutes, 0, 0);
}

export function saidOf({ reason, own, back }: Away, now: number): Said {
  const at = backAt(back, now);
  return { reason: reason || own.trim(), returns_at: at === null ? null : new Date(at).toISOString() };
}

/** Why the form cannot go yet; empty when it can. */
export function lackingIn({ back }: Away, now: number): string {
  const unsaid = back !== null && backAt(back, now) === null;
  return unsaid ? "Choose the time at which you are back, or say that you do not know." : "";
}

/** The time of the day as `<input type="time">` takes it. */
export function clockOf(iso: string): string {
  const at = new Date(iso);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}
