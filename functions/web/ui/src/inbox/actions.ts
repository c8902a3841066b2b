// What an agent does with a conversation by one key: take, give back, close, reopen; each can be undone from its toast.

import { explain } from "../api/errors";
import type { Conversation } from "../api/types";
import type { App } from "../app-context";
import { VIEWS } from "../route";
import { addToast, putConversations } from "../store";
import { belongs, placed } from "./list/arrange";

/** Nobody's, it can be given back; what a lead took from an agent goes back by a note alone. */
export function take(app: App, conversation: Conversation): Promise<void> {
  const { id, assignee } = conversation;
  const back = {
    label: "Undo",
    run: () => void act(app, "give it back", "Undone", () => app.api.assign(id, null)),
  };
  const request = () => app.api.assign(id, app.store.me.value?.id ?? null);
  return act(app, "take it", "Assigned to you", request, assignee === null ? back : undefined);
}

/** Back to the queue, where the next free agent gets it. */
export function giveBack(app: App, conversation: Conversation): Promise<void> {
  const mine = conversation.assignee === app.store.me.value?.id;
  const back = { label: "Undo", run: () => void take(app, conversation) };
  const request = () => app.api.assign(conversation.id, null);
  return act(app, "give it back", "Back in the queue", request, mine ? back : undefined);
}

export function close(app: App, conversation: Conversation): Promise<void> {
  return act(app, "close", "Closed", () => app.api.close(conversation.id), {
    label: "Undo",
    run: () => void act(app, "reopen", "Open again", () => restore(app, conversation)),
  });
}

export function reopen(app: App, conversation: Conversation): Promise<void> {
  return act(app, "reopen", "Open again", () => app.api.reopen(conversation.id));
}

/** Undoing a close also gives the agent back what was theirs; a colleague's waits for them first. */
async function restore({ api, store }: App, { id, assignee }: Conversation): Promise<Conversation> {
  const reopened = await api.reopen(id);
  const mine = assignee === store.me.value?.id;
  return mine && reopened.assignee !== assignee ? api.assign(id, assignee) : reopened;
}

export interface Action {
  label: string;
  run: () => void;
}

/** Do it, show what it is now, and say so; or say why not, with a way to try again. */
export async function act(
  app: App,
  verb: string,
  done: string | ((head: Conversation) => string),
  request: () => Promise<Conversation>,
  undo?: Action,
): Promise<void> {
  try {
    const head = await request();
    settle(app, head);
    const text = typeof done === "string" ? done : done(head);
    addToast(app.store, {
      tone: "info",
      text,
      ...(undo && { action: undo, over: () => hasMoved(app, head) }),
    });
  } catch (error) {
    const again = { label: "Try again", run: () => void act(app, verb, done, request, undo) };
    addToast(app.store, { tone: "error", text: `Could not ${verb}. ${explain(error)}`, action: again });
  }
}

/** Put the answer everywhere at once; the change feed will say the same a moment later. */
export function settle({ store }: App, conversation: Conversation): void {
  putConversations(store, [conversation]);
  const agent = store.me.value?.id ?? "";
  for (const view of VIEWS) {
    const list = store.lists[view];
    if (list.value.phase === "ready")
      list.value = placed(list.value, conversation.id, belongs(view, conversation, agent));
  }
}

/** What is undone is the latest step alone. */
export function hasMoved({ store }: App, head: Conversation): boolean {
  const now = store.conversations.value.get(head.id);
  return now !== undefined && STEPS.some((step) => now[step] !== head[step]);
}

const STEPS = ["assignee", "status", "snoozed_until", "heated"] as const;
