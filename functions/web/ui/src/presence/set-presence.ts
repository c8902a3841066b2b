// Changes whether the agent takes work.

import { explain } from "../api/errors";
import type { Said } from "../api/presence-routes";
import type { Me, Presence } from "../api/types";
import type { App } from "../app-context";
import { addToast } from "../store";

const NOTHING_SAID = { presence_reason: "", returns_at: null, ramping_until: null };

/** Shown at once, taken back if the server disagrees. */
export async function setPresence(app: App, me: Me, presence: Presence): Promise<void> {
  const { store } = app;
  store.me.value = { ...me, ...NOTHING_SAID, presence, draining: presence === "DRAINING" };
  try {
    await choosePresence(app, presence);
  } catch (error) {
    store.me.value = me;
    addToast(store, { tone: "error", text: `Your presence did not change. ${explain(error)}` });
  }
}

/** For forms, which show what was refused: rejects with it. */
export async function choosePresence({ api, store }: App, presence: Presence, said?: Said): Promise<void> {
  store.me.value = await api.setPresence(presence, said);
  // half an hour begins as half an hour
  store.now.value = Date.now();
}
