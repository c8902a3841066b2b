// Which mails under another subject are to stay where they are: remembered in this browser only, for each agent.

import { effect } from "@preact/signals";
import type { Message } from "../../api/types";
import type { Store } from "../../store";
import { sameSubject } from "../mail/subject";
import type { Thread } from "../thread/timeline";

const KEPT = "heartline.left.";
/** The messages that were decided on last are kept. */
const MESSAGES = 500;

/** Restore what `agent` decided, then follow the store. */
export function keepLeft(store: Store, agent: string, storage: Storage): () => void {
  const left: string[] = JSON.parse(storage.getItem(KEPT + agent) ?? "[]");
  store.left.value = new Set(left);
  return effect(() => {
    const messages = [...store.left.value].slice(-MESSAGES);
    if (messages.length) storage.setItem(KEPT + agent, JSON.stringify(messages));
    else storage.removeItem(KEPT + agent);
  });
}

export function leave({ left }: Store, message: string): void {
  left.value = new Set(left.value).add(message);
}

/** Whether to propose a split: not twice, and not where nothing else was written about before. */
export function looksLikeAnother({ left }: Store, message: Message, { messages, older }: Thread): boolean {
  if (!message.mail?.off_subject || left.value.has(message.id)) return false;
  const before = messages.slice(
    0,
    messages.findIndex(({ id }) => id === message.id),
  );
  const other = ({ channel, event, subject }: Message) =>
    channel === "email" && !event && !sameSubject(subject, message.subject);
  return older !== null || before.some(other);
}
