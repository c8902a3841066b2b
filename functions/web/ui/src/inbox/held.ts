// Decides about what is held: the row leaves at once, and comes back if the server disagrees.

import { explain } from "../api/errors";
import type { Held } from "../api/mail-types";
import type { App } from "../app-context";
import { addToast } from "../store";
import { placed } from "./list/arrange";

/** Let it go its way; `inbox` where none owns it. */
export function release(app: App, held: Held, inbox: string | null): Promise<void> {
  const done = held.direction === "inbound" ? "Taken in" : "On its way";
  return decide(app, held, done, () => app.api.release(held.id, inbox));
}

export function discard(app: App, held: Held): Promise<void> {
  return decide(app, held, "Discarded", () => app.api.discard(held.id));
}

async function decide(
  { store }: App,
  { id }: Held,
  done: string,
  request: () => Promise<unknown>,
): Promise<void> {
  const list = store.lists.held;
  const before = list.value.ids;
  list.value = placed(list.value, id, false);
  try {
    await request();
    addToast(store, { tone: "info", text: done });
  } catch (error) {
    list.value = {
      ...list.value,
      ids: before.filter((other) => other === id || list.value.ids.includes(other)),
    };
    addToast(store, { tone: "error", text: `Nothing was decided. ${explain(error)}` });
  }
}
