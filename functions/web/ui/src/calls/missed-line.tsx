// One calm line for who was set away because a call rang out, and the way back.

import { useApp } from "../app-context";
import { setPresence } from "../presence/set-presence";
import { Icon } from "../ui/icon";

export function MissedLine() {
  const app = useApp();
  const { calls, me } = app.store;
  const agent = me.value;
  if (!calls.missed.value || !agent) return null;
  const stay = () => {
    calls.missed.value = false;
  };
  return (
    <section class="line-trouble" aria-label="Your presence" role="status">
      <Icon name="voice" />
      <p>You missed a call and are away now.</p>
      <button type="button" class="button" onClick={() => void setPresence(app, agent, "ONLINE")}>
        Set online
      </button>
      <button type="button" class="link" onClick={stay}>
        Stay away
      </button>
    </section>
  );
}
