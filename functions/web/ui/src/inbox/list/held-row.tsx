// One entry of what is held: what it is, why it waits, and the two ways to decide.

import { useRef } from "preact/hooks";
import type { Held } from "../../api/mail-types";
import type { Named } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { ago, exact } from "../../ui/time";
import { discard, release } from "../held";
import "./held.css";

export function HeldRow({ held }: { held: Held }) {
  const { now } = useApp().store;
  const row = useRef<HTMLElement>(null);
  const inbound = held.direction === "inbound";
  return (
    <article class="held" data-row tabIndex={-1} ref={row} aria-label={held.subject || held.reason}>
      <header>
        <strong>{(inbound ? held.from : `To ${held.to}`) || "Unknown sender"}</strong>
        <time dateTime={held.at} title={exact(held.at)}>
          {ago(held.at, now.value)}
        </time>
      </header>
      {inbound && held.to && <p class="held-to">to {held.to}</p>}
      <p class="held-subject">{held.subject || "No subject"}</p>
      {held.preview && <p class="held-preview">{held.preview}</p>}
      <p class="held-reason">
        <Icon name="held" size={13} /> <span>{held.reason}</span>
      </p>
      <Decision held={held} leave={() => passFocus(row.current)} />
    </article>
  );
}

interface Deciding {
  held: Held;
  /** Called before the entry leaves the list. */
  leave: () => void;
}

function Decision({ held, leave }: Deciding) {
  const app = useApp();
  if (held.releasing) return <p class="held-preview">Released, and on its way.</p>;
  return (
    <div class="decision">
      <Release held={held} leave={leave} />
      <button
        type="button"
        class="button"
        onClick={() => {
          leave();
          void discard(app, held);
        }}
      >
        Discard
      </button>
      {held.conversation && (
        <a class="link" href={formatRoute({ view: "held", conversation: held.conversation })}>
          Open the conversation
        </a>
      )}
    </div>
  );
}

/** What no inbox owns goes where a lead says. */
function Release({ held, leave }: Deciding) {
  const app = useApp();
  const into = (inbox: string | null) => () => {
    leave();
    void release(app, held, inbox);
  };
  const label = held.direction === "inbound" ? "Take it in" : "Send it";
  if (held.inbox !== null)
    return (
      <button type="button" class="button primary" onClick={into(null)}>
        {label}
      </button>
    );
  return (
    <Menu class="button primary" label={`${label}: choose an inbox`} choices={choicesOf(app, into)}>
      {label} <Icon name="chevron" />
    </Menu>
  );
}

function choicesOf({ store }: App, into: (inbox: string) => () => void) {
  const inboxes: readonly Named[] = store.me.value?.inboxes ?? [];
  return inboxes.map(({ id, name }) => ({ label: name, run: into(id) }));
}

/** Whoever decides with the keyboard goes on with the entry below, or above the last one. */
function passFocus(row: HTMLElement | null): void {
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
}
