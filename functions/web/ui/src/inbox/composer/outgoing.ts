// One intent to say something: it has one request id for as long as it lives, however often it is sent.

import type { Conversation, Message, ReplyChannel } from "../../api/types";
import { lastVisible } from "../thread/timeline";
import { channelOf, type Draft } from "./draft";

export interface Outgoing {
  requestId: string;
  conversation: string;
  channel: ReplyChannel | "note";
  text: string;
  /** The latest customer-visible message when the agent pressed send. */
  seen: string;
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
  const text = draft[draft.tab].trim();
  const channel = draft.tab === "note" ? "note" : channelOf(draft, conversation, messages);
  if (!text || !channel) return null;
  const again = draft.refused?.text === text && draft.refused.channel === channel;
  return {
    requestId: again && draft.refused ? draft.refused.requestId : newId(),
    conversation: conversation.id,
    channel,
    text,
    seen: seenOf(conversation, messages),
    at,
    state: "sending",
    reason: "",
  };
}

/** What is on screen counts, not what the list already knows: the head may be ahead of the timeline. */
function seenOf(conversation: Conversation, messages: readonly Message[]): string {
  const shown = messages.some((message) => message.id === conversation.last_visible);
  return shown ? conversation.last_visible : (lastVisible(messages)?.id ?? "");
}
