// While messages are chosen to be split off: how many, and the way on or back.

import { useEffect } from "preact/hooks";
import { useApp } from "../../app-context";
import { splitOff } from "./splitting";
import "./merge.css";

export function SplitBar({ id }: { id: string }) {
  const { splitting } = useApp().store;
  return splitting.value?.conversation === id ? <Bar id={id} chosen={splitting.value.chosen} /> : null;
}

function Bar({ id, chosen }: { id: string; chosen: ReadonlySet<string> }) {
  const app = useApp();
  const cancel = () => {
    app.store.splitting.value = null;
  };
  useEffect(() => whileChoosing(cancel), []);
  return (
    <div class="split-bar" role="group" aria-label="Split messages off">
      <p role="status">{wordsOf(chosen.size)}</p>
      <button type="button" class="button" onClick={cancel}>
        Cancel
      </button>
      <button
        type="button"
        class="button primary"
        disabled={chosen.size === 0}
        onClick={() => void splitOff(app, id, chosen)}
      >
        Split off
      </button>
    </div>
  );
}

function wordsOf(count: number): string {
  if (count === 0) return "Choose what begins a conversation of its own: the customer's messages and notes.";
  const begins = count === 1 ? "This message begins" : `These ${count} messages begin`;
  return `${begins} a new conversation. Our answers stay here.`;
}

/** Escape leaves, and so does leaving the conversation. */
function whileChoosing(cancel: () => void): () => void {
  const leave = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && cancel();
  document.addEventListener("keydown", leave);
  return () => {
    document.removeEventListener("keydown", leave);
    cancel();
  };
}
