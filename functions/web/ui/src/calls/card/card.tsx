// One call that rings: who, what about, how long they wait, and the two answers.

import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { useFocusHome } from "../focus";
import { readCall } from "../reading";
import { secondsUntil } from "../roles";
import { callerName, readable, vouched } from "../words";
import { CardAnswers } from "./card-answers";
import { facts, kindOf, lastSubject } from "./card-words";

interface Props {
  call: Call;
  /** Milliseconds since the epoch, to the second. */
  now: number;
  /** The first one has the keys. */
  first: boolean;
}

export function CallCard({ call, now, first }: Props) {
  const { store } = useApp();
  const card = useRef<HTMLElement>(null);
  useFocusHome(card);
  const name = callerName(call);
  const trust = vouched(call);
  const subject = lastSubject(store, call);
  return (
    <section class="call-card" ref={card} aria-label={`Call from ${name}`}>
      <header>
        <span class="call-sign">
          <Icon name="voice" size={20} />
        </span>
        <div>
          <p class="call-kind">{kindOf(call, store.me.value?.id ?? "", now)}</p>
          <h2>{name}</h2>
          {call.name !== call.number && call.name && <p class="call-number">{readable(call.number)}</p>}
        </div>
        <Countdown call={call} now={now} />
      </header>
      <p class="call-facts">{facts(store, call, now)}</p>
      {subject && (
        <p class="call-about" title={subject}>
          {subject}
        </p>
      )}
      {trust && <p class={call.verified === "failed" ? "call-trust bad" : "call-trust"}>{trust}</p>}
      <Handover call={call} />
      <CardAnswers call={call} first={first} />
    </section>
  );
}

function Handover({ call: { handover } }: { call: Call }) {
  if (!handover?.note) return null;
  return (
    <p class="call-note">
      <strong>{handover.by}:</strong> {handover.note}
    </p>
  );
}

/** How long it still rings here. When the time is over and it is still shown, the server is asked. */
function Countdown({ call, now }: { call: Call; now: number }) {
  const app = useApp();
  const left = secondsUntil(call.offer_expires, now);
  const over = left === 0;
  useEffect(() => {
    if (over) void readCall(app, call.id);
  }, [over]);
  if (left === null) return null;
  return (
    <span class="call-left" title="After this it rings for somebody else">
      {left} s
    </span>
  );
}
