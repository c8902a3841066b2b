// What moves a conversation by one click besides assigning it; each says so in a toast, with a way back.

import type { Conversation } from "../../api/types";
import type { App } from "../../app-context";
import { act, type Action } from "../actions";
import { snoozedWords } from "./snooze-times";

/** Put it aside until then, or with null until the customer writes. */
export function snooze(app: App, seen: Conversation, until: string | null): Promise<void> {
  const request = () => app.api.snooze(seen.id, until, seen.last_visible);
  return act(app, "snooze", (head) => putAside(app, head), request, waking(app, seen));
}

/** What is said once it is put aside. */
export function putAside({ store }: App, head: Conversation): string {
  return snoozedWords(head.snoozed_until, store.now.value);
}

export function waking(app: App, { id }: Conversation): Action {
  return { label: "Undo", run: () => void wake(app, id) };
}

export function wake(app: App, id: string): Promise<void> {
  return act(app, "wake it", "Awake again", () => app.api.wake(id));
}

/** Whether it is heated, as the agent sees it; theirs is the last word. */
export function markHeated(app: App, { id }: Conversation, heated: boolean): Promise<void> {
  const done = heated ? "Marked as heated" : "Not heated any more";
  return act(app, "mark it", done, () => app.api.markHeated(id, heated), {
    label: "Undo",
    run: () => void act(app, "mark it", "Undone", () => app.api.markHeated(id, !heated)),
  });
}
