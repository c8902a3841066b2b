// The button that sends, and the words that say what it waits for.

import { Icon } from "../../ui/icon";
import type { Draft } from "./draft";
import type { Readiness } from "./readiness";

interface Props extends Readiness {
  label: string;
  sending: boolean;
  send: () => void;
}

export function SendButton({ label, sending, ready, why, send }: Props) {
  return (
    <>
      {why && <p class="not-ready">{why}</p>}
      <button
        type="button"
        class="button primary"
        title={`${label} (Ctrl or Cmd + Enter)`}
        // Not `disabled`, which would take the focus away from whoever pressed it.
        aria-disabled={!ready || sending}
        onClick={send}
      >
        <Icon name="send" /> {sending ? "Sending" : label}
      </button>
    </>
  );
}

/** After a question the same button is the answer to it; `quiet`: the hour is one to ask about. */
export function sendLabel({ tab, newer, mail, asked }: Draft, quiet = false): string {
  if (tab === "note") return "Add note";
  return newer > 0 || mail?.asked || (quiet && asked) ? "Send anyway" : "Send";
}
