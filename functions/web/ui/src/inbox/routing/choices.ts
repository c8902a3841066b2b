// What the menu of a conversation offers of routing: the explanation, and what moves it in the order.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import type { Choice } from "../../ui/menu";
import { markHeated } from "./acts";
import { mayMove, whyQuestion } from "./rights";
import { useWhy } from "./why/why-side";

export function useRoutingChoices(conversation: Conversation): Choice[] {
  const app = useApp();
  const { me, routing } = app.store;
  const { id, heated, status } = conversation;
  const why = { label: whyQuestion(conversation, me.value), shortcut: "W", run: useWhy() };
  if (status === "closed") return [why];
  const open = (kind: "priority" | "escalate") => () => {
    routing.dialog.value = { kind, conversation: id };
  };
  const heat = heated ? "Not heated" : "Mark as heated";
  return [
    why,
    { label: "Set the priority", shortcut: "P", run: open("priority") },
    ...(mayMove(conversation, me.value)
      ? [{ label: "Escalate", hint: "To another pool, with a note", shortcut: "U", run: open("escalate") }]
      : []),
    { label: heat, shortcut: "H", run: () => void markHeated(app, conversation, !heated) },
  ];
}
