// Who the customer is and how things stand with this conversation.

import { useApp } from "../../app-context";
import { callerName, readable } from "../../calls/words";
import { Icon } from "../../ui/icon";
import { Lazy } from "../../ui/lazy";
import { CHANNEL_WORDS } from "../../ui/words";
import { Facts } from "./facts";
import { Numbers } from "./numbers";
import "./contact.css";

export function ContactPanel({ id }: { id: string }) {
  const { store } = useApp();
  const conversation = store.conversations.value.get(id);
  if (!conversation) return null;
  const { name, address: number } = conversation.contact;
  const [title, address] = [callerName({ name, number }), readable(number)];
  const hide = () => {
    store.contactOpen.value = false;
  };
  return (
    <aside class="contact" data-open={store.contactOpen.value} aria-label="Customer">
      <button type="button" class="plain contact-close" aria-label="Hide the customer" onClick={hide}>
        <Icon name="close" />
      </button>
      <h2>{title}</h2>
      {address !== title && <p class="address">{address || "No address given"}</p>}
      {conversation.unanswerable && <p class="unanswerable">{conversation.unanswerable}</p>}
      <ul class="seen-on" aria-label="Channels of this conversation">
        {conversation.channels.map((channel) => (
          <li key={channel}>
            <Icon name={channel} /> {CHANNEL_WORDS[channel]}
          </li>
        ))}
      </ul>
      <Numbers conversation={conversation} />
      <Lazy load={() => import("./known")} label="What they are to us" rows={2} with={{ conversation }} />
      <Facts conversation={conversation} />
    </aside>
  );
}
