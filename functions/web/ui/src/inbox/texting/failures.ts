// Why a text did not arrive, in the agent's words: decisions only.

import type { StatusAction } from "../../api/texting-types";
import type { Message } from "../../api/types";
import { exact, timeOfDay } from "../../ui/time";

export const NEXT_WORDS: Record<StatusAction, string> = {
  none: "",
  call_instead: "A call may reach them.",
  ask_other_number: "Ask the customer for another number.",
  tell_admin: "An admin has to look at it.",
  shorten: "Shorten it, or send two.",
  opted_out: "They get no texts until they text START.",
  wait: "Try it again in a few minutes.",
  use_template: "WhatsApp takes a template now.",
  change_file: "Send it with another file, or by mail.",
  retried: "",
};

/** Twilio's code stands behind its meaning: "The number is a landline (30006)". */
export function reasonWords({ status_reason: reason, status_code: code }: Message): string {
  const meaning = reason.replace(/^\d{5}\s*/, "").replace(/\.$/, "");
  if (!/^\d{5}$/.test(code)) return meaning || code;
  return meaning ? `${meaning.replace(` (${code})`, "")} (${code})` : `Twilio reports error ${code}`;
}

/** A first try that failed on the way, while the second is due. */
export function retryWords(message: Message): string {
  const when = message.again_at ? `at ${timeOfDay(message.again_at)}` : "in a few minutes";
  return `Not arrived yet: ${reasonWords(message)}. It will be tried again ${when}.`;
}

/** What an admin needs to look it up at Twilio. */
export function detailsFor(message: Message): string {
  const { at, channel, status, provider_id: id } = message;
  const what = channel === "whatsapp" ? "WhatsApp message" : "Text";
  return [
    `${what} of ${exact(at)}`,
    `State: ${status}`,
    `Reason: ${reasonWords(message)}`,
    id && `At Twilio: ${id}`,
  ]
    .filter(Boolean)
    .join("\n");
}

/** "1 of 3 files not imported: …", which stands at the end of an explanation. */
export function missingFiles({ explanation }: Pick<Message, "explanation">): string {
  return /\d+ of \d+ files not imported: .*$/s.exec(explanation)?.[0] ?? "";
}
