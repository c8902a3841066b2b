// The dialog of routing that is open, if one is; its code is fetched when the first is opened.

import { type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { addToast } from "../../store";
import type { RoutingDialog } from "./state";

const FAILED = "The dialog could not be loaded. Check your connection and try again.";

interface Properties {
  dialog: RoutingDialog;
  conversation: Conversation;
}

export function RoutingDialogs() {
  const { routing, conversations } = useApp().store;
  const dialog = routing.dialog.value;
  const conversation = dialog && conversations.value.get(dialog.conversation);
  if (!dialog || !conversation) return null;
  return <Loaded key={`${dialog.kind} ${dialog.conversation}`} dialog={dialog} conversation={conversation} />;
}

function Loaded(properties: Properties) {
  const { store } = useApp();
  const [View, show] = useState<ComponentType<Properties> | null>(null);
  useEffect(() => {
    import("./dialogs").then(
      (loaded) => show(() => loaded.default),
      () => {
        store.routing.dialog.value = null;
        addToast(store, { tone: "error", text: FAILED });
      },
    );
  }, []);
  return View && <View {...properties} />;
}
