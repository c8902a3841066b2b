// One quiet line that says whether the screen is live.

import { useApp } from "../app-context";
import type { Link } from "../store";
import "./link-state.css";

const WORDS: Record<Link, string> = {
  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  offline: "You are offline",
};

export function LinkState() {
  const link = useApp().store.link.value;
  return (
    <p class={`link-state ${link}`} role="status">
      <span class="dot" />
      {WORDS[link]}
    </p>
  );
}
