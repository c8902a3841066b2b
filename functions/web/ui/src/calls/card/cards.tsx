// The calls that ring at this agent, in a corner of whatever is on screen; what is being typed keeps the focus.

import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { callsAs } from "../state";
import { useSeconds } from "../tick";
import { CallCard } from "./card";
import { spoken } from "./card-words";
import "./card.css";

export function CallCards() {
  const { store } = useApp();
  const { now } = store;
  const calls = [...callsAs(store, "offer", now.value), ...callsAs(store, "asked", now.value)];
  return (
    <>
      <Spoken calls={calls} />
      {calls.length > 0 && <Stack calls={calls} />}
    </>
  );
}

/** Read out as soon as it rings, once for each call; it is there before, or it would not be heard. */
function Spoken({ calls }: { calls: Call[] }) {
  const { store } = useApp();
  return (
    <div class="unseen" role="alert" aria-atomic="true">
      {calls.slice(0, 1).map((call) => (
        <p key={call.id}>{spoken(store, call)}</p>
      ))}
    </div>
  );
}

function Stack({ calls }: { calls: Call[] }) {
  const now = useSeconds();
  return (
    <div class="call-cards">
      {calls.map((call, index) => (
        <CallCard key={call.id} call={call} now={now} first={index === 0} />
      ))}
    </div>
  );
}
