// What an agent still has: whose it is, and how it stands. Each leads to its conversation.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { stateWords } from "../held";
import { titleOf } from "./outcome";

interface Props {
  heads: Conversation[];
  /** Something was handed over already: what is here has stayed. */
  told: boolean;
  close: () => void;
}

export function RestList({ heads, told, close }: Props) {
  return (
    <section aria-label={told ? "Still with you" : "With you"}>
      {told && <h3>Still with you</h3>}
      <ul class="rest">
        {heads.map((head) => (
          <RestRow key={head.id} head={head} close={close} />
        ))}
      </ul>
    </section>
  );
}

function RestRow({ head, close }: { head: Conversation; close: () => void }) {
  const { now } = useApp().store;
  const view = head.status === "snoozed" ? "snoozed" : "mine";
  return (
    <li>
      <Icon name={head.channels.at(-1) ?? "email"} />
      <a href={formatRoute({ view, conversation: head.id })} onClick={close}>
        {titleOf(head)}
      </a>
      <small>{stateWords(head, now.value)}</small>
    </li>
  );
}
