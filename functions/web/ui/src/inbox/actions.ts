// What an agent does with a conversation: assign, close, reopen; each can be undone from its toast.

import { explain } from "../api/errors";
import type { Conversation } from "../api/types";
import type { App } from "../app-context";
import { VIEWS } from "../route";
import { addToast, putConversations } from "../store";
import { belongs, placed } from "./list/arrange";

/** Give it to an agent, or back to the queue with null. */
export function assign(app: App, conversation: Conversation, agent: string | null): Promise<void> {
  const before = conversation.assignee;
  const done = agent === null ? "Back in the queue" : `Assigned to ${nameOf(app, agent)}`;
  return act(app, "assign", done, () => app.api.assign(conversation.id, agent), {
    label: "Undo",
    run: () => void act(app, "assign", "Undone", () => app.api.assign(conversation.id, before)),
  });
}

export function take(app: App, conversation: Conversation): Promise<void> {
  return assign(app, conversation, app.store.me.value?.id ?? null);
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

/** Undoing a close also gives it back to who had it. */
async function restore({ api }: App, { id, assignee }: Conversation): Promise<Conversation> {
  const reopened = await api.reopen(id);
  return assignee === null || reopened.assignee === assignee ? reopened : api.assign(id, assignee);
}

interface Action {
  label: string;
  run: () => void;
}

async function act(
  app: App,
  verb: string,
  done: string,
  request: () => Promise<Conversation>,
  undo?: Action,
): Promise<void> {
  try {
    settle(app, await request());
    addToast(app.store, { tone: "info", text: done, ...(undo && { action: undo }) });
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

function nameOf({ store }: App, agent: string): string {
  if (agent === store.me.value?.id) return "you";
  return store.me.value?.agents.find((known) => known.id === agent)?.name ?? agent;
}
