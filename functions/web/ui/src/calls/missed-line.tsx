// One calm line for who was set away because an offer ran out, and the way back.

import { useApp } from "../app-context";
import { setPresence } from "../presence/set-presence";
import { Icon } from "../ui/icon";

export function MissedLine() {
  const app = useApp();
  const { calls, me } = app.store;
  const agent = me.value;
  const missed = calls.missed.value;
  if (!missed || !agent) return null;
  const stay = () => {
    calls.missed.value = "";
  };
  return (
    <section class="line-trouble" aria-label="Your presence" role="status">
      <Icon name={missed === "a call" ? "voice" : "clock"} />
      <p>You missed {missed} and are away now.</p>
      <button type="button" class="button" onClick={() => void setPresence(app, agent, "ONLINE")}>
        Set online
      </button>
      <button type="button" class="link" onClick={stay}>
        Stay away
      </button>
    </section>
  );
}
