// Lets one conversation go on in another, and takes that back.

import { explain } from "../../api/errors";
import type { Conversation } from "../../api/types";
import type { App } from "../../app-context";
import { addToast, dropThreads } from "../../store";
import { settle } from "../actions";
import { carryDraft } from "./carry";
import { showConversation } from "./landing";

/** The target opens, with a way back. Rejects with what the server says against it; then nothing has changed. */
export async function merge(app: App, source: Conversation, target: Conversation): Promise<void> {
  await join(app, source, target.id);
  // The dialog left with its conversation, and must not be there when that comes back.
  app.store.merging.value = null;
  const run = () => void unmerge(app, source.id);
  addToast(app.store, { tone: "info", text: "Merged.", action: { label: "Undo", run } });
}

/** Let a merged conversation stand for itself again, and open it. */
export function unmerge(app: App, id: string): Promise<void> {
  return told(app, async () => {
    const target = app.store.conversations.value.get(id)?.merged_into;
    const head = await app.api.unmerge(id);
    dropThreads(app.store, new Set([id, target ?? id]));
    settle(app, head);
    showConversation(app, id);
  });
}

/** Take a split back: what was split off goes on where it came from. */
export function rejoin(app: App, begun: Conversation, source: string): Promise<void> {
  return told(app, () => join(app, begun, source));
}

async function join(app: App, source: Conversation, into: string): Promise<void> {
  const { api, store } = app;
  const head = await api.merge(source.id, into);
  dropThreads(store, new Set([source.id, head.id]));
  carryDraft(store, source.id, head.id);
  showConversation(app, head.id);
  settle(app, head);
  settle(app, { ...source, status: "closed", merged_into: head.id });
}

/** Do it, and say whether it was undone. */
async function told(app: App, undo: () => Promise<void>): Promise<void> {
  try {
    await undo();
    addToast(app.store, { tone: "info", text: "Undone." });
  } catch (error) {
    addToast(app.store, { tone: "error", text: explain(error) });
  }
}
