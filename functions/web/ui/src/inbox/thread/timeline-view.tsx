// The scrolling timeline: stays at the newest entry unless the agent reads further up.

import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { dayOf } from "../../ui/time";
import type { Outgoing } from "../composer/outgoing";
import { loadOlder } from "../loading";
import { CallEntry } from "./call-entry";
import { firstOf, grouped } from "./calls";
import { MessageEntry } from "./message";
import { PendingEntry } from "./pending";
import { continues, type Thread, withNewSubject } from "./timeline";

/** Pixels from the end within which the agent counts as reading the newest entry. */
const NEAR_END = 120;
/** What opens or loads part of a mail: the mail then grows below the eyes of who asked for it. */
const OPENERS = ".bubble :is(button, summary)";

export function TimelineView({ id, thread }: { id: string; thread: Thread }) {
  const app = useApp();
  const pending = app.store.outgoing.value.filter((outgoing) => outgoing.conversation === id);
  const scroller = useRef<HTMLDivElement>(null);
  const { below, follow, stay, toEnd } = useEnd(scroller, thread.messages, pending.length);
  return (
    <div class="timeline-frame">
      {/* a region that scrolls must be reachable by keyboard */}
      <div
        class="timeline"
        ref={scroller}
        onScroll={follow}
        onClick={stay}
        role="log"
        aria-label="Timeline"
        tabIndex={0}
      >
        {thread.older !== null && (
          <button type="button" class="link more" onClick={() => void loadOlder(app, id)}>
            Show earlier messages
          </button>
        )}
        {thread.error && <p class="pane-error">{thread.error}</p>}
        <Entries messages={thread.messages} pending={pending} />
      </div>
      {below && (
        <button type="button" class="pill" onClick={toEnd}>
          <Icon name="down" size={14} /> New message
        </button>
      )}
    </div>
  );
}

function Entries({ messages, pending }: { messages: Message[]; pending: Outgoing[] }) {
  const now = useApp().store.now.value;
  const entries = grouped(messages);
  const firsts = entries.map(firstOf);
  const days = firsts.map((message) => dayOf(message.at, now));
  const headed = withNewSubject(messages);
  return (
    <div class="entries">
      {entries.flatMap((entry, index) => [
        days[index] !== days[index - 1] && (
          <h3 class="day" key={`day ${firsts[index]?.id}`}>
            {days[index]}
          </h3>
        ),
        entry.kind === "call" ? (
          <CallEntry key={`call ${entry.block.id}`} block={entry.block} />
        ) : (
          <MessageEntry
            key={entry.message.id}
            message={entry.message}
            continued={continues(entry.message, firsts[index - 1])}
            headed={headed.has(entry.message.id)}
          />
        ),
      ])}
      {pending.map((outgoing) => (
        <PendingEntry key={outgoing.requestId} outgoing={outgoing} />
      ))}
    </div>
  );
}

/** Follow the end while the agent is there; keep the place when older entries come in above. */
function useEnd(scroller: { current: HTMLDivElement | null }, messages: Message[], pending: number) {
  const below = useSignal(false);
  const atEnd = useRef(true);
  const before = useRef({ first: "", last: "", height: 0 });
  const toEnd = () => scroller.current?.scrollTo(0, scroller.current.scrollHeight);
  const first = messages[0]?.id ?? "";
  const last = messages.at(-1)?.id ?? "";
  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view) return;
    const was = before.current;
    if (atEnd.current || pending > 0) toEnd();
    else if (was.last !== last) below.value = true;
    else if (was.first !== first) view.scrollTop += view.scrollHeight - was.height;
    before.current = { first, last, height: view.scrollHeight };
  }, [first, last, pending]);
  const follow = () => {
    const view = scroller.current;
    atEnd.current = !view || view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_END;
    if (atEnd.current) below.value = false;
  };
  useLayoutEffect(() => followGrowth(scroller.current, atEnd, follow), []);
  const stay = ({ target }: Event) => {
    if (target instanceof Element && target.closest(OPENERS)) atEnd.current = false;
  };
  return { below: below.value, follow, stay, toEnd };
}

/** A mail or a picture grows after it was shown; whoever reads the end stays there. What shrinks may bring it near. */
function followGrowth(
  view: HTMLDivElement | null,
  atEnd: { current: boolean },
  shrunk: () => void,
): (() => void) | undefined {
  const entries = view?.querySelector(".entries");
  if (!view || !entries) return;
  let before = view.scrollHeight;
  const observer = new ResizeObserver(() => {
    if (atEnd.current) view.scrollTo(0, view.scrollHeight);
    else if (view.scrollHeight < before) shrunk();
    before = view.scrollHeight;
  });
  observer.observe(entries);
  observer.observe(view);
  return () => observer.disconnect();
}
