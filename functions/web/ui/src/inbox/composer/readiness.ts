// Whether what is written can be sent on a channel, and what it waits for: decisions only.

import type { ReplyChannel } from "../../api/types";
import { NOTHING_AGAINST, type Standing, takesTemplate, whyNoText } from "../texting/standing";
import { whyNotFilled } from "../texting/whatsapp";
import type { Draft } from "./draft";
import { whyFilesWait } from "./files";
import { LIMITS } from "./limits";
import { whyNotAddressed } from "./mail-draft";
import { wholeText } from "./segments";

export interface Readiness {
  ready: boolean;
  /** What stands in the way, in words; empty where the agent need not be told. */
  why: string;
}

export function readiness(
  draft: Draft,
  channel: ReplyChannel | "note",
  standing: Standing = NOTHING_AGAINST,
): Readiness {
  const worded = draft[draft.tab].trim() !== "";
  if (channel === "note") return { ready: worded, why: "" };
  if (channel === "whatsapp" && takesTemplate(draft, standing)) return filled(draft, standing);
  const why = whyFilesWait(draft.files, LIMITS[channel]) || against(draft, channel, standing);
  const something = worded || (channel !== "email" && draft.files.length > 0);
  return { ready: why === "" && something, why };
}

/** A template's own words need no telling until one is chosen. */
function filled({ template }: Draft, { templates }: Standing): Readiness {
  const why = whyNotFilled(templates, template);
  return { ready: why === "", why: templates.length > 0 ? why : "" };
}

function against({ mail, reply }: Draft, channel: ReplyChannel, standing: Standing): string {
  if (channel === "email") return mail ? whyNotAddressed(mail) : "";
  const barred = channel === "sms" ? whyNoText(standing) : "";
  return (
    barred || tooLong(channel === "sms" ? wholeText(reply, standing.texting?.notice ?? "") : reply.trim())
  );
}

/** Characters of a text or a WhatsApp message; Twilio refuses a longer one. */
const LONGEST = 1600;

function tooLong(text: string): string {
  const { length } = [...text];
  return length > LONGEST
    ? `It has ${length} characters, and ${LONGEST} go at once. Shorten it, or send two.`
    : "";
}
