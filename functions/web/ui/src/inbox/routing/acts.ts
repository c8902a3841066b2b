// What moves a conversation by hand besides assigning it. What is written goes by dialogs, which show what was refused;
// what is one click says so in a toast, with a way back.

import type { Priority } from "../../api/routing-types";
import type { Conversation } from "../../api/types";
import type { App } from "../../app-context";
import { addToast } from "../../store";
import { act, type Action, settle } from "../actions";
import { priorityName } from "./priority";
import { agentName } from "./rights";
import { snoozedWords } from "./snooze-times";

/** Give it to a colleague, who is told in a note what there is to do. Rejects with what the server says against it. */
export async function handOver(app: App, id: string, agent: string, note: string): Promise<void> {
  settle(app, await app.api.assign(id, agent, note));
  told(app, `Handed over to ${agentName(app.store.me.value, agent)}`);
}

/** Another place in the order; rejects as `handOver`. */
export async function prioritise(app: App, id: string, priority: Priority): Promise<void> {
  const head = await app.api.prioritise(id, priority);
  settle(app, head);
  told(app, `Priority: ${priorityName(head.band)}`);
}

/** For the agents of a pool alone; rejects as `handOver`. */
export async function escalate(
  app: App,
  id: string,
  pool: { id: string; name: string },
  note: string,
): Promise<void> {
  settle(app, await app.api.escalate(id, pool.id, note));
  told(app, `Escalated to ${pool.name}`);
}

/** Put it aside until then, or with null until the customer writes; rejects as `handOver`. */
export async function snoozeUntil(app: App, seen: Conversation, until: string | null): Promise<void> {
  const head = await app.api.snooze(seen.id, until, seen.last_visible);
  settle(app, head);
  addToast(app.store, { tone: "info", text: putAside(app, head), action: waking(app, seen) });
}

/** The same from a menu, where nothing is written that could be lost. */
export function snooze(app: App, seen: Conversation, until: string | null): Promise<void> {
  const request = () => app.api.snooze(seen.id, until, seen.last_visible);
  return act(app, "snooze", (head) => putAside(app, head), request, waking(app, seen));
}

function putAside({ store }: App, head: Conversation): string {
  return snoozedWords(head.snoozed_until, store.now.value);
}

function waking(app: App, { id }: Conversation): Action {
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

function told({ store }: App, text: string): void {
  addToast(store, { tone: "info", text });
}
