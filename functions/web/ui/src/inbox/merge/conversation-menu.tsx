// What is done with an open conversation less often: ask why it is here, move it in the order, merge it, split it.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { type Choice, Menu } from "../../ui/menu";
import { useRoutingChoices } from "../routing/choices";
import { beginSplit } from "./splitting";
import "./merge.css";

export function ConversationMenu({ conversation }: { conversation: Conversation }) {
  const { store } = useApp();
  const { id } = conversation;
  const merge = () => {
    store.merging.value = id;
  };
  const merging: Choice[] = [
    { label: "Merge into another", hint: "It goes on there", shortcut: "M", begins: true, run: merge },
    {
      label: "Split messages off",
      hint: "They begin a new conversation",
      run: () => beginSplit(store, id),
    },
  ];
  return (
    <Menu class="plain dots" label="More" choices={[...useRoutingChoices(conversation), ...merging]}>
      <Icon name="more" size={18} />
    </Menu>
  );
}
