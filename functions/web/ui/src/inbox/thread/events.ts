// The quiet lines of a timeline: what happened, in the agent's words.

import type { Message } from "../../api/types";

const WORDS: Record<string, string> = {
  "call.queued": "Call is waiting",
  "call.offered": "Call offered",
  "call.answered": "Call answered",
  "call.declined": "Call declined",
  "call.dialled": "Customer is called",
  "call.transferred": "Call transferred",
  "call.returned": "Call is back",
  "call.callback": "Asked to be called back",
  "call.unanswered": "Nobody answered",
  "call.planned": "Call-back planned",
  "call.cancelled": "Call-back cancelled",
  "call.voicemail": "Sent to voicemail",
  "call.recorded": "Voicemail left",
  "call.missed": "Caller hung up",
  "call.ended": "Call ended",
  "call.failed": "Call failed",
};

/** Texts of one word that Twilio and we obey; what they wrote stands in them. */
const KEYWORDS: Record<string, string> = {
  "consent.stop": "They get no more texts from this number.",
  "consent.start": "Texts may go to them again.",
  "consent.help": "Twilio answers that by itself.",
};

/** The entry's own sentence where it has one; an event that is not listed is still readable. */
export function eventWords({ event, text }: Pick<Message, "event" | "text">): string {
  const keyword = KEYWORDS[event];
  if (keyword) return `The customer texted “${text.trim()}”. ${keyword}`;
  if (text) return text;
  const words = WORDS[event] ?? event.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
