// One calm line above the panes for who is away or finishing up: what holds now, and the way back.

import type { Me } from "../api/types";
import { useApp } from "../app-context";
import { countWords, heldIds } from "./held";
import { setPresence } from "./set-presence";
import { atWords, isOver, leftWords, stanceOf } from "./words";
import "./presence-line.css";

export function PresenceLine() {
  const { me: agent, calls } = useApp().store;
  const me = agent.value;
  // who missed an offer is told so in a line of its own
  if (me?.presence === "AWAY" && !calls.missed.value) return <AwayLine me={me} />;
  return me?.presence === "DRAINING" ? <FinishingLine me={me} /> : null;
}

function AwayLine({ me }: { me: Me }) {
  const app = useApp();
  const now = app.store.now.value;
  const { returns_at: back, presence_reason: reason, presence } = me;
  const late = back !== null && isOver(back, now);
  const change = () => {
    app.store.presence.dialog.value = { kind: "away" };
  };
  return (
    <section class="line-trouble presence-line" aria-label="Your presence" data-late={late}>
      <p>
        <strong>{stanceOf({ presence, reason, returns_at: late ? null : back }, now)}.</strong>{" "}
        {back !== null && !late && <span class="left">{leftWords(back, now)}</span>}
        <span role="status">{late && `You said you would be back ${atWords(back, now)}.`}</span>
      </p>
      <button type="button" class="button" onClick={() => void setPresence(app, me, "ONLINE")}>
        I am back
      </button>
      <button type="button" class="link" aria-haspopup="dialog" onClick={change}>
        {back === null ? "Say until when" : "Change"}
      </button>
    </section>
  );
}

function FinishingLine({ me }: { me: Me }) {
  const app = useApp();
  const count = heldIds(app.store).length;
  const show = () => {
    app.store.presence.dialog.value = { kind: "shift", then: null };
  };
  return (
    <section class="line-trouble presence-line" aria-label="Your presence">
      <p>
        <strong>Finishing up.</strong> No new work comes.{" "}
        {count ? `${countWords(count)} still with you.` : "Nothing is left with you."}
      </p>
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        title="What is still with you (D)"
        onClick={show}
      >
        {count ? "Hand over the rest" : "End the shift"}
      </button>
      <button type="button" class="link" onClick={() => void setPresence(app, me, "ONLINE")}>
        Take new work again
      </button>
    </section>
  );
}
