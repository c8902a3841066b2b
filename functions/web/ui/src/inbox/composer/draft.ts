// What an agent has written and not sent, and on which channel it may go: decisions only.

import type { Conversation, Message, ReplyChannel } from "../../api/types";
import type { DraftFile } from "./files";
import type { MailDraft } from "./mail-draft";
import type { Outgoing } from "./outgoing";

export type Tab = "reply" | "note";

export interface Draft {
  tab: Tab;
  reply: string;
  note: string;
  /** What the agent chose; null follows the customer. */
  channel: ReplyChannel | null;
  /** To whom a mail goes; null is an answer to the customer's latest mail, as the server addresses it. */
  mail: MailDraft | null;
  files: DraftFile[];
  /** How many newer messages the server refused the reply for; 0 when it did not. */
  newer: number;
  /** The refused reply: sent again unchanged, it keeps its request id. */
  refused: Outgoing | null;
}

export const EMPTY_DRAFT: Draft = {
  tab: "reply",
  reply: "",
  note: "",
  channel: null,
  mail: null,
  files: [],
  newer: 0,
  refused: null,
};

export function isEmpty({ reply, note, mail, files }: Draft): boolean {
  return !reply.trim() && !note.trim() && files.length === 0 && !mail?.edited;
}

/** Channels that a reply can take: those the contact was seen on; somebody who rang can be texted. */
export function replyChannels(conversation: Conversation): ReplyChannel[] {
  const seen = new Set(conversation.channels);
  const calledFromNumber = seen.has("voice") && conversation.contact.address.startsWith("+");
  const channels: ReplyChannel[] = [];
  if (seen.has("email")) channels.push("email");
  if (seen.has("sms") || calledFromNumber) channels.push("sms");
  return channels;
}

/** The channel of a reply: the agent's choice, else the way the customer last came. */
export function channelOf(
  draft: Draft,
  conversation: Conversation,
  messages: readonly Message[],
): ReplyChannel | null {
  const possible = replyChannels(conversation);
  if (draft.channel && possible.includes(draft.channel)) return draft.channel;
  const latest = messages.findLast((message) => message.direction === "inbound" && !message.event);
  const answered = latest?.channel === "voice" ? "sms" : latest?.channel;
  return possible.find((channel) => channel === answered) ?? possible[0] ?? null;
}

/** Why a reply is not possible here, in words for the agent; empty when it is. */
export function whyMute(conversation: Conversation, channel: ReplyChannel | null): string {
  if (conversation.status === "closed")
    return "This conversation is closed. Reopen it to reply, or write a note.";
  return channel ? "" : "This customer left no address to answer to. You can write a note.";
}
