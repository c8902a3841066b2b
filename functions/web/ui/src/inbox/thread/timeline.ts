// The order of a timeline and how pages of it join: pure, so that what the agent reads can be tested without a screen.

import type { Message, Page } from "../../api/types";
import type { Phase } from "../../store";
import { sameSubject } from "../mail/subject";

export interface Thread {
  /** Oldest first, each id once. */
  messages: Message[];
  /** The conversations whose messages stand among its own, since they were merged into it. */
  absorbed: readonly string[];
  /** The cursor of the page before the oldest message, or null at the beginning of the conversation. */
  older: string | null;
  phase: Phase;
  error: string;
}

export const EMPTY_THREAD: Thread = {
  messages: [],
  absorbed: [],
  older: null,
  phase: "loading",
  error: "",
};

/** Add or replace messages; which page they came from does not matter. */
export function withMessages(thread: Thread, messages: readonly Message[]): Thread {
  const byId = new Map(thread.messages.map((message) => [message.id, message]));
  for (const message of messages) byId.set(message.id, message);
  return { ...thread, messages: [...byId.values()].sort(inOrder) };
}

/** The same timeline if it shows what it did; after a merge or its undo a new one, for what is loaded has holes. */
export function showing(thread: Thread, absorbed: readonly string[]): Thread {
  const same = thread.absorbed.join() === absorbed.join();
  return same ? thread : { ...EMPTY_THREAD, absorbed };
}

/** Join the newest page. If it does not reach what is known, there is a hole, and the page starts anew. */
export function withNewest(thread: Thread, page: Page<Message>): Thread {
  const known = new Set(thread.messages.map((message) => message.id));
  const reaches = page.next === null || page.items.some((message) => known.has(message.id));
  const joins = known.size > 0 && reaches && page.items.length > 0;
  const { absorbed } = thread;
  const base = joins ? withoutMoved(thread, page) : { ...EMPTY_THREAD, absorbed, older: page.next };
  return { ...withMessages(base, page.items), phase: "ready", error: "" };
}

/** What a page passes over, though it is neither older nor newer, was split off. */
function withoutMoved(thread: Thread, { items, next }: Page<Message>): Thread {
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) return thread;
  const present = new Set(items.map(({ id }) => id));
  const outside = (message: Message) =>
    (next !== null && inOrder(message, first) < 0) || inOrder(message, last) > 0;
  const messages = thread.messages.filter((message) => present.has(message.id) || outside(message));
  return { ...thread, messages };
}

export function withOlder(thread: Thread, page: Page<Message>): Thread {
  return { ...withMessages(thread, page.items), older: page.next };
}

/** The latest message that the customer wrote or was sent. */
export function lastVisible(messages: readonly Message[]): Message | undefined {
  return messages.findLast((message) => message.direction !== "internal" && !message.event);
}

/** Whether `message` goes on where `before` stopped, so that its author need not be named again. */
export function continues(message: Message, before: Message | undefined): boolean {
  if (!before || before.event || message.event) return false;
  const close = Date.parse(message.at) - Date.parse(before.at) < 5 * 60_000;
  return (
    close &&
    before.author.id === message.author.id &&
    before.channel === message.channel &&
    message.channel !== "email"
  );
}

/** The mails whose subject is not that of the mail before: only there it is worth a line. */
export function withNewSubject(messages: readonly Message[]): ReadonlySet<string> {
  const headed = new Set<string>();
  let subject: string | null = null;
  for (const message of messages) {
    if (message.channel !== "email" || message.event) continue;
    if (subject === null || !sameSubject(message.subject, subject)) headed.add(message.id);
    subject = message.subject;
  }
  return headed;
}

function inOrder(one: Message, other: Message): number {
  return one.at === other.at ? compare(one.id, other.id) : compare(one.at, other.at);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
