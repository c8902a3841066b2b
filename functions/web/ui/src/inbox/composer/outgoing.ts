// One intent to say something: it has one request id for as long as it lives, however often it is sent.

import type { Conversation, Message, ReplyChannel } from "../../api/types";
import { lastVisible } from "../thread/timeline";
import { channelOf, type Draft, EMPTY_DRAFT } from "./draft";
import { type DraftFile, whyFilesWait } from "./files";
import { type MailDraft, whyNotAddressed } from "./mail-draft";

export interface Outgoing {
  requestId: string;
  conversation: string;
  channel: ReplyChannel | "note";
  text: string;
  mail: MailDraft | null;
  files: DraftFile[];
  /** The latest customer-visible message when the agent pressed send. */
  seen: string;
  /** The agent was shown what is newer, and sends it anyway. */
  force: boolean;
  /** ISO 8601. */
  at: string;
  state: "sending" | "failed";
  reason: string;
}

interface Pressed {
  conversation: Conversation;
  messages: readonly Message[];
  draft: Draft;
  at: string;
  newId: () => string;
}

/** What pressing send means, or null when there is nothing to say or no way to say it. */
export function compose({ conversation, messages, draft, at, newId }: Pressed): Outgoing | null {
  const channel = draft.tab === "note" ? "note" : channelOf(draft, conversation, messages);
  if (!channel || !readiness(draft, channel).ready) return null;
  const text = draft[draft.tab].trim();
  const { mail, files } = channel === "email" ? draft : EMPTY_DRAFT;
  const said: Said = { channel, text, mail, files };
  return {
    ...said,
    requestId: draft.refused && sameWords(draft.refused, said) ? draft.refused.requestId : newId(),
    conversation: conversation.id,
    seen: seenOf(conversation, messages),
    force: draft.newer > 0,
    at,
    state: "sending",
    reason: "",
  };
}

/** The drafts and the intents of new mail stand under this id until the server gives the conversation its own. */
export const NEW = "new";

interface PressedNew {
  draft: Draft;
  /** The attempt before, if it failed: unchanged, the mail keeps its request id. */
  failed: Outgoing | undefined;
  at: string;
  newId: () => string;
}

/** What pressing send on a new mail means, or null when it cannot be sent yet. */
export function composeNew({ draft, failed, at, newId }: PressedNew): Outgoing | null {
  if (!draft.mail || !readiness(draft, "email").ready) return null;
  const said: Said = { channel: "email", text: draft.reply.trim(), mail: draft.mail, files: draft.files };
  const requestId = failed && sameWords(failed, said) ? failed.requestId : newId();
  return { ...said, requestId, conversation: NEW, seen: "", force: false, at, state: "sending", reason: "" };
}

export interface Readiness {
  ready: boolean;
  /** What stands in the way, in words; empty where the agent need not be told. */
  why: string;
}

/** Whether what is written can be sent on `channel`. */
export function readiness(draft: Draft, channel: Outgoing["channel"]): Readiness {
  const worded = draft[draft.tab].trim() !== "";
  if (channel !== "email") return { ready: worded, why: "" };
  const { mail, files } = draft;
  const why = whyFilesWait(files) || (mail ? whyNotAddressed(mail) : "");
  return { ready: why === "" && worded, why };
}

type Said = Pick<Outgoing, "channel" | "text" | "mail" | "files">;

function sameWords(one: Said, other: Said): boolean {
  const words = ({ channel, text, mail, files }: Said) =>
    JSON.stringify([
      channel,
      text,
      mail && [mail.inbox, mail.to, mail.cc, mail.bcc, mail.subject, mail.about],
      files,
    ]);
  return words(one) === words(other);
}

/** What is on screen counts, not what the list already knows: the head may be ahead of the timeline. */
function seenOf(conversation: Conversation, messages: readonly Message[]): string {
  const shown = messages.some((message) => message.id === conversation.last_visible);
  return shown ? conversation.last_visible : (lastVisible(messages)?.id ?? "");
}
