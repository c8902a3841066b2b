// The ways to write first: a new mail, and a new text.

import { useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import "./new-buttons.css";

const NEW = [
  { writing: "mail", name: "New mail", key: "shift+n", shown: "Shift + N", icon: "write" },
  { writing: "text", name: "New text", key: "shift+s", shown: "Shift + S", icon: "sms" },
] as const;

/** A text only where one of the agent's inboxes can send it. */
export function NewButtons() {
  const { me, route } = useApp().store;
  const texts = me.value?.inboxes.some(
    ({ channels }) => channels.includes("sms") || channels.includes("whatsapp"),
  );
  return (
    <div class="new-buttons">
      {NEW.filter(({ writing }) => writing === "mail" || texts).map(({ writing, name, key, shown, icon }) => (
        <a
          key={writing}
          class="button new-button"
          href={formatRoute({ view: route.value.view, conversation: null, writing })}
          data-key={key}
          aria-label={name}
          title={`${name} (${shown})`}
        >
          <Icon name={icon} /> <span>{name}</span>
        </a>
      ))}
    </div>
  );
}
