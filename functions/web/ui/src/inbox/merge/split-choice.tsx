// The tick at a message while messages are chosen to be split off.

import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { canMove, choose } from "./splitting";

export function SplitChoice({ message }: { message: Message }) {
  const { store } = useApp();
  const { splitting, route } = store;
  if (!splitting.value || splitting.value.conversation !== route.value.conversation || !canMove(message))
    return null;
  return (
    <label class="split-choice">
      <input
        type="checkbox"
        checked={splitting.value.chosen.has(message.id)}
        onChange={() => choose(store, message.id)}
      />
      Split off
    </label>
  );
}
