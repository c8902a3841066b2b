// What is done with an open conversation less often: merge it, split it.

import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { beginSplit } from "./splitting";
import "./merge.css";

export function ConversationMenu({ id }: { id: string }) {
  const { store } = useApp();
  const merge = () => {
    store.merging.value = id;
  };
  return (
    <Menu
      class="plain dots"
      label="More"
      choices={[
        { label: "Merge into another", hint: "It goes on there", shortcut: "M", run: merge },
        {
          label: "Split messages off",
          hint: "They begin a new conversation",
          run: () => beginSplit(store, id),
        },
      ]}
    >
      <Icon name="more" size={18} />
    </Menu>
  );
}
