// Changes whether the agent takes work: shown at once, taken back if the server disagrees.

import { explain } from "../api/errors";
import type { Me, Presence } from "../api/types";
import type { App } from "../app-context";
import { addToast } from "../store";

export async function setPresence({ api, store }: App, me: Me, presence: Presence): Promise<void> {
  store.me.value = { ...me, presence };
  try {
    store.me.value = await api.setPresence(presence);
  } catch (error) {
    store.me.value = me;
    addToast(store, { tone: "error", text: `Your presence did not change. ${explain(error)}` });
  }
}
