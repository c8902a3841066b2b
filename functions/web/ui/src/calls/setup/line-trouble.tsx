// One line while the browser's phone is not connected: what happened, what to do, and the way to do it.

import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import type { LinePhase } from "../phone/line";

const LABELS: Partial<Record<LinePhase, string>> = {
  failed: "Connect again",
  connecting: "Connect again",
};

export function LineTrouble() {
  const { phone, store } = useApp();
  const { phase, words, next } = store.calls.line.value;
  const label = LABELS[phase];
  if (!label || !words) return null;
  return (
    <section class="line-trouble" aria-label="Your phone" role="status">
      <Icon name="warning" />
      <p>
        <strong>Your phone is not connected.</strong> {words} {next}
      </p>
      <button type="button" class="button" onClick={() => phone.retry()}>
        {label}
      </button>
      <button
        type="button"
        class="link"
        aria-haspopup="dialog"
        onClick={() => {
          store.calls.dialog.value = { kind: "setup" };
        }}
      >
        Phone and sound
      </button>
    </section>
  );
}
