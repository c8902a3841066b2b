// Splits off what is a matter of its own: which messages can go, which are chosen, and what happens then.

import { explain } from "../../api/errors";
import type { Message } from "../../api/types";
import type { App } from "../../app-context";
import { addToast, dropThreads, type Store, threadOf } from "../../store";
import { settle } from "../actions";
import { showConversation } from "./landing";
import { rejoin } from "./merging";

/** Messages of one split; the server holds to the same. */
const MOST = 25;

export interface Splitting {
  conversation: string;
  /** Ids of messages. */
  chosen: ReadonlySet<string>;
}

/** What the customer wrote, and notes. Our own answers stay where they were sent. */
export function canMove({ direction, channel, event }: Message): boolean {
  return !event && (direction === "inbound" || channel === "note");
}

/** Let the agent choose; from the message `from` on, or nothing yet. */
export function beginSplit(store: Store, conversation: string, from?: string): void {
  const { messages } = threadOf(store, conversation);
  const first = messages.findIndex(({ id }) => id === from);
  const after = first < 0 ? [] : messages.slice(first).filter(canMove);
  store.splitting.value = { conversation, chosen: new Set(after.slice(0, MOST).map(({ id }) => id)) };
}

export function choose({ splitting }: Store, message: string): void {
  if (!splitting.value) return;
  const chosen = new Set(splitting.value.chosen);
  if (!chosen.delete(message)) chosen.add(message);
  splitting.value = { ...splitting.value, chosen };
}

/** Begin a conversation with `messages` and open it. What the server says against it is shown as it is. */
export async function splitOff(app: App, conversation: string, messages: Iterable<string>): Promise<void> {
  const { api, store } = app;
  try {
    const begun = await api.split(conversation, [...messages]);
    dropThreads(store, new Set([conversation]));
    store.splitting.value = null;
    settle(app, begun);
    showConversation(app, begun.id);
    const run = () => void rejoin(app, begun, conversation);
    addToast(store, { tone: "info", text: "Split off.", action: { label: "Undo", run } });
  } catch (error) {
    addToast(store, { tone: "error", text: explain(error) });
  }
}
