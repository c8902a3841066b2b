// The quiet lines of a timeline: what happened, in the agent's words.

import type { Message } from "../../api/types";

const WORDS: Record<string, string> = {
  "call.started": "Call came in",
  "call.offered": "Call offered",
  "call.declined": "Call declined",
  "call.missed": "Call not taken",
  "call.answered": "Call taken",
  "call.ended": "Call ended",
  "ivr.choice": "Menu choice",
  "voicemail.offered": "Sent to voicemail",
  "voicemail.recorded": "Voicemail left",
};

/** The entry's own sentence where it has one; an event that is not listed is still readable. */
export function eventWords({ event, text }: Pick<Message, "event" | "text">): string {
  if (text) return text;
  const words = WORDS[event] ?? event.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
