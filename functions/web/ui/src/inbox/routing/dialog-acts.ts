// What moves a conversation with words. Each rejects with what the server says against it, so that its dialog can show it.

import type { Priority } from "../../api/routing-types";
import type { Conversation, Named } from "../../api/types";
import type { App } from "../../app-context";
import { addToast } from "../../store";
import { hasMoved, settle } from "../actions";
import { putAside, waking } from "./acts";
import { priorityName } from "./priority";
import { agentName } from "./rights";

/** Give it to a colleague, who is told in a note what there is to do. */
export async function handOver(app: App, id: string, agent: string, note: string): Promise<void> {
  settle(app, await app.api.assign(id, agent, note));
  told(app, `Handed over to ${agentName(app.store.me.value, agent)}`);
}

/** Another place in the order. */
export async function prioritise(app: App, id: string, priority: Priority): Promise<void> {
  const head = await app.api.prioritise(id, priority);
  settle(app, head);
  told(app, `Priority: ${priorityName(head.band)}`);
}

/** For the agents of a pool alone. */
export async function escalate(app: App, id: string, pool: Named, note: string): Promise<void> {
  settle(app, await app.api.escalate(id, pool.id, note));
  told(app, `Escalated to ${pool.name}`);
}

/** Put it aside until then, or with null until the customer writes. */
export async function snoozeUntil(app: App, seen: Conversation, until: string | null): Promise<void> {
  const head = await app.api.snooze(seen.id, until, seen.last_visible);
  settle(app, head);
  addToast(app.store, {
    tone: "info",
    text: putAside(app, head),
    action: waking(app, seen),
    over: () => hasMoved(app, head),
  });
}

function told({ store }: App, text: string): void {
  addToast(store, { tone: "info", text });
}
