// What an agent still has, and how it stands in words. Pure.

import type { Conversation } from "../api/types";
import { snoozedWords } from "../inbox/routing/snooze-times";
import type { Store } from "../store";
import { lasting } from "../ui/time";

/** What takes their places now; what is snoozed takes none. */
export function heldIds({ lists }: Pick<Store, "lists">): string[] {
  const { ids, arrived } = lists.mine.value;
  return [...new Set([...ids, ...arrived])];
}

export function countWords(count: number): string {
  return count === 1 ? "One conversation is" : `${count} conversations are`;
}

const ROUTING_WORDS: Record<string, string> = {
  OFFERED: "Only offered to you: answer it, or decline it",
  WRAP: "Closed; its wrap-up ends by itself",
};

/** "The customer waits, 12 min", "Snoozed until Mon 9:00", "Answered". */
export function stateWords(conversation: Conversation, now: number, locale?: string): string {
  const { routing, status, call, waiting_since: since, snoozed_until: until } = conversation;
  if (routing in ROUTING_WORDS) return ROUTING_WORDS[routing] ?? "";
  if (call?.state === "in_progress") return "On the phone with you";
  if (status === "snoozed") return snoozedWords(until, now, locale);
  return since ? `The customer waits, ${lasting(since, now)}` : "Answered";
}
