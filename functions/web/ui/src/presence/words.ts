// How somebody stands, in words. In the reader's own time; pure.

import type { Presence } from "../api/types";
import { untilWords } from "../inbox/routing/snooze-times";
import { PRESENCE_WORDS } from "../ui/words";

/** Why people are away: what is proposed. */
export const REASONS = ["Break", "Lunch", "Meeting", "Training"] as const;

export interface Stance {
  presence: string;
  reason: string;
  returns_at: string | null;
}

/** "Away, lunch, back at 13:30", "Finishing up". */
export function stanceOf(
  { presence, reason, returns_at: back }: Stance,
  now: number,
  locale?: string,
): string {
  const name = PRESENCE_WORDS[presence as Presence]?.name ?? presence;
  return [name, inSentence(reason), back && backWords(back, now, locale)].filter(Boolean).join(", ");
}

/** The same where there is little room: "Away until 13:30". */
export function shortStanceOf(stance: Stance, now: number, locale?: string): string {
  const { presence, returns_at: back } = stance;
  if (presence !== "AWAY" || back === null) return stanceOf(stance, now, locale);
  return isOver(back, now) ? PRESENCE_WORDS.AWAY.name : `Away until ${untilWords(back, now, locale)}`;
}

/** "back at 13:30", "back tomorrow 9:00"; once that is over nobody knows: "due back at 13:30". */
export function backWords(back: string, now: number, locale?: string): string {
  const word = isOver(back, now) ? "due back" : "back";
  return `${word} ${atWords(back, now, locale)}`;
}

export function isOver(back: string, now: number): boolean {
  return Date.parse(back) <= now;
}

/** "at 13:30", "tomorrow 9:00". */
export function atWords(iso: string, now: number, locale?: string): string {
  const words = untilWords(iso, now, locale);
  return /^\d+\D\d+/.test(words) ? `at ${words}` : words;
}

/** "12 min left", "1 h 5 min left"; nothing of what is more than a day ahead. */
export function leftWords(back: string, now: number): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(back) - now) / 60_000));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 24) return "";
  return `${[hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(" ")} left`;
}

/** What was proposed stands small in a sentence; an agent's own words stay as they are. */
function inSentence(reason: string): string {
  return (REASONS as readonly string[]).includes(reason) ? reason.toLowerCase() : reason;
}
