// What is on screen before the inbox: on the way to the sign-in, or why that did not work.

import { Icon } from "../ui/icon";
import "./gate.css";

export function OnTheWay() {
  return (
    <main class="gate">
      <img src="/icon.svg" alt="" width="44" height="44" />
      <p role="status">Opening Heartline</p>
    </main>
  );
}

export function Refused({ reason, retry }: { reason: string; retry: () => void }) {
  return (
    <main class="gate">
      <Icon name="warning" size={32} />
      <h1>Heartline could not be opened</h1>
      <p role="alert">{reason}</p>
      <button type="button" class="button primary" onClick={retry}>
        Try again
      </button>
    </main>
  );
}
