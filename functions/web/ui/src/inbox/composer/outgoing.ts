// One intent to say something: it has one request id for as long as it lives, however often it is sent.

import type { FilledTemplate } from "../../api/texting-types";
import type { Channel, Conversation, Message, ReplyChannel } from "../../api/types";
import { NOTHING_AGAINST, quietOf, type Standing, takesTemplate } from "../texting/standing";
import { lastVisible } from "../thread/timeline";
import { channelOf, type Draft } from "./draft";
import type { DraftFile } from "./files";
import type { MailDraft } from "./mail-draft";
import { readiness } from "./readiness";
import { filledWords } from "../texting/whatsapp";

export interface Outgoing {
  requestId: string;
  conversation: string;
  channel: ReplyChannel | "note";
  text: string;
  mail: MailDraft | null;
  files: DraftFile[];
  /** Which number a text goes to; empty for the one used last. */
  number: string;
  /** What goes on WhatsApp in the place of words; `text` is how it reads. */
  template: FilledTemplate | null;
  /** The agent was told of the quiet hours, and sends it anyway. */
  overrideQuiet: boolean;
  /** The latest customer-visible message when the agent pressed send. */
  seen: string;
  /** The agent was shown what is newer, and sends it anyway. */
  force: boolean;
  /** ISO 8601. */
  at: string;
  state: "sending" | "failed";
  reason: string;
  /** The code of a refusal, or empty. */
  code: string;
}

interface Pressed {
  conversation: Conversation;
  messages: readonly Message[];
  draft: Draft;
  at: string;
  newId: () => string;
  sends?: readonly Channel[] | null;
  standing?: Standing;
}

/** What pressing send means, or null when there is nothing to say or no way to say it. */
export function compose(pressed: Pressed): Outgoing | null {
  const { conversation, messages, draft, at, newId, sends = null, standing = NOTHING_AGAINST } = pressed;
  const channel = draft.tab === "note" ? "note" : channelOf(draft, conversation, messages, sends);
  if (!channel || !readiness(draft, channel, standing).ready) return null;
  const said = saidOf(draft, channel, standing);
  return {
    ...said,
    requestId: draft.refused && sameWords(draft.refused, said) ? draft.refused.requestId : newId(),
    conversation: conversation.id,
    overrideQuiet: channel === "sms" && draft.asked && quietOf(standing) !== undefined,
    seen: seenOf(conversation, messages),
    force: draft.newer > 0,
    at,
    state: "sending",
    reason: "",
    code: "",
  };
}

/** What a channel takes of a draft. */
export function saidOf(draft: Draft, channel: Outgoing["channel"], standing: Standing): Said {
  const words = draft[draft.tab].trim();
  const { mail, files, number, template } = draft;
  const said: Said = { channel, text: words, mail: null, files: [], number: "", template: null };
  if (channel === "email") return { ...said, mail, files };
  if (channel === "sms") return { ...said, files, number };
  if (channel === "note") return said;
  if (!takesTemplate(draft, standing)) return { ...said, files };
  const body = standing.templates.find(({ sid }) => sid === template?.sid)?.body ?? "";
  return { ...said, text: filledWords(body, template?.variables ?? {}), template };
}

export type Said = Pick<Outgoing, "channel" | "text" | "mail" | "files" | "number" | "template">;

export function sameWords(one: Said, other: Said): boolean {
  const words = ({ channel, text, mail, files, number, template }: Said) =>
    JSON.stringify([
      channel,
      text,
      mail && [mail.inbox, mail.to, mail.cc, mail.bcc, mail.subject, mail.about],
      files,
      number,
      template,
    ]);
  return words(one) === words(other);
}

/** What is on screen counts, not what the list already knows: the head may be ahead of the timeline. */
function seenOf(conversation: Conversation, messages: readonly Message[]): string {
  const shown = messages.some((message) => message.id === conversation.last_visible);
  return shown ? conversation.last_visible : (lastVisible(messages)?.id ?? "");
}
