// The call that is on: who, how long, how everybody is, and what can be done; it stays while the agent looks elsewhere.

import { useRef } from "preact/hooks";
import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { useFocusHome } from "../focus";
import { ownParty } from "../roles";
import { useSeconds } from "../tick";
import { callerName, clock, partyName, partyWords, progress } from "../words";
import { Controls } from "./controls";
import { Keypad } from "./keypad";

interface Props {
  call: Call;
  /** The first one has the keys. */
  first: boolean;
}

export function CallBar({ call, first }: Props) {
  const { store } = useApp();
  const bar = useRef<HTMLElement>(null);
  useFocusHome(bar);
  const talks = ownParty(call, store.me.value?.id ?? "")?.state === "joined";
  return (
    <section class="call-bar" ref={bar} aria-label={`Call with ${callerName(call)}`}>
      <div class="call-row">
        <div class="call-who">
          <Link call={call} />
          <Standing call={call} />
        </div>
        <Controls call={call} first={first} />
      </div>
      {call.problem && (
        <p class="call-problem" role="alert">
          <Icon name="warning" /> <span>{call.problem}</span>
        </p>
      )}
      {store.calls.keypad.value && talks && call.device !== "phone" && <Keypad />}
    </section>
  );
}

function Link({ call }: { call: Call }) {
  const { route, conversations } = useApp().store;
  const name = callerName(call);
  const here = route.value.conversation === call.conversation;
  if (here || !conversations.value.has(call.conversation)) return <strong class="call-name">{name}</strong>;
  const href = formatRoute({ view: route.value.view, conversation: call.conversation });
  return (
    <a class="call-name" href={href} title="To the conversation of this call">
      {name}
    </a>
  );
}

/** The timer, and each party who is or was to be on the line. */
function Standing({ call }: { call: Call }) {
  const me = useApp().store.me.value?.id ?? "";
  const present = call.parties.filter(({ state }) => state !== "left");
  const calling = progress(call);
  return (
    <p class="call-standing">
      {call.answered_at && !calling && <Timer since={call.answered_at} />}
      {calling && <span role="status">{calling}</span>}
      {present.map((party) => (
        <span key={party.label} class="party" data-state={party.state}>
          {partyName(party, me)} <small>{partyWords(party)}</small>
        </span>
      ))}
    </p>
  );
}

function Timer({ since }: { since: string }) {
  const now = useSeconds();
  return (
    <time class="call-timer" role="timer" aria-label="Time on the call">
      {clock((now - Date.parse(since)) / 1000)}
    </time>
  );
}
