// What an agent has written and not sent, and on which channel it may go: decisions only.

import type { FilledTemplate } from "../../api/texting-types";
import type { Channel, Conversation, Message, ReplyChannel } from "../../api/types";
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
  /** Which of the customer's numbers a text goes to; empty for the one used last. */
  number: string;
  /** What goes on WhatsApp in the place of words; without a sid one is yet to be chosen. */
  template: FilledTemplate | null;
  /** A first text: where to, and from which inbox. */
  first: FirstText | null;
  /** The agent was asked whether the quiet hours are to be disregarded. */
  asked: boolean;
  /** How many newer messages the server refused the reply for; 0 when it did not. */
  newer: number;
  /** The refused reply: sent again unchanged, it keeps its request id. */
  refused: Outgoing | null;
}

/** Where a first text or WhatsApp message goes. */
export interface FirstText {
  inbox: string;
  /** As it is dialled in the inbox's country, or with +. */
  number: string;
}

export const EMPTY_DRAFT: Draft = {
  tab: "reply",
  reply: "",
  note: "",
  channel: null,
  mail: null,
  files: [],
  number: "",
  template: null,
  first: null,
  asked: false,
  newer: 0,
  refused: null,
};

export function isEmpty({ reply, note, mail, files, template, first }: Draft): boolean {
  const chosen = mail?.edited || template?.sid || first?.number.trim();
  return !reply.trim() && !note.trim() && files.length === 0 && !chosen;
}

/**
 * Channels that a reply can take: those the contact was seen on. Who has a number can be texted, and written to on
 * WhatsApp where the inbox is there; a short code or a name cannot. `sends` is what the inbox can send on, if known.
 */
export function replyChannels(
  conversation: Pick<Conversation, "channels" | "contact" | "unanswerable">,
  sends: readonly Channel[] | null,
): ReplyChannel[] {
  const seen = new Set(conversation.channels);
  const calledFromNumber = seen.has("voice") && conversation.contact.address.startsWith("+");
  const able = (channel: ReplyChannel) => sends?.includes(channel) ?? true;
  const channels: ReplyChannel[] = seen.has("email") && able("email") ? ["email"] : [];
  const numbered = seen.has("sms") || seen.has("whatsapp") || calledFromNumber;
  if (!numbered || conversation.unanswerable) return channels;
  if (able("sms")) channels.push("sms");
  if (seen.has("whatsapp") || sends?.includes("whatsapp")) channels.push("whatsapp");
  return channels;
}

/** The channel of a reply: the agent's choice, else the way the customer last came. */
export function channelOf(
  draft: Draft,
  conversation: Conversation,
  messages: readonly Message[],
  sends: readonly Channel[] | null,
): ReplyChannel | null {
  const possible = replyChannels(conversation, sends);
  if (draft.channel && possible.includes(draft.channel)) return draft.channel;
  const latest = messages.findLast((message) => message.direction === "inbound" && !message.event);
  const answered = latest?.channel === "voice" ? "sms" : latest?.channel;
  return possible.find((channel) => channel === answered) ?? possible[0] ?? null;
}

/** Why a reply is not possible here, in words for the agent; empty when it is. */
export function whyMute(conversation: Conversation, channel: ReplyChannel | null): string {
  if (conversation.status === "closed")
    return "This conversation is closed. Reopen it to reply, or write a note.";
  if (channel) return "";
  return conversation.unanswerable || "This customer left no address to answer to. You can write a note.";
}
