// Leads to where a conversation is read: an old link to one that was merged ends in the one that it goes on in.

import { useEffect } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { addToast } from "../../store";
import { carryDraft } from "./carry";
import { titleOf } from "./names";

/** Open it beside the list that is open. In the browser's history it takes the place of the one before. */
export function showConversation({ store }: Pick<App, "store">, id: string): void {
  const route = { view: store.route.value.view, conversation: id };
  store.route.value = route;
  window.location.replace(formatRoute(route));
}

/** Follow the open conversation to where it goes on, also when a colleague merges it just now. */
export function useGoingOn(conversation: Conversation | undefined): void {
  const app = useApp();
  const target = conversation?.merged_into;
  useEffect(() => {
    if (conversation && target) goOn(app, conversation, target);
  }, [target]);
}

function goOn(app: App, source: Conversation, target: string): void {
  carryDraft(app.store, source.id, target);
  addToast(app.store, { tone: "info", text: `${titleOf(source)} was merged: it goes on here.` });
  showConversation(app, target);
}
