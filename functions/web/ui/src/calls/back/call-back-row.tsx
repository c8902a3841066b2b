// One customer to call back: when, how often it was tried, and what to do: call now, move it, cancel it.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { exact } from "../../ui/time";
import { inboxName } from "../card/card-words";
import { callNow, cancelCallBack } from "../dial/planning";
import { dayAndTime, dueWords } from "../dial/times";
import { may } from "../roles";
import { callsAs, knownAs } from "../state";
import { callerName, readable } from "../words";
import "./call-back.css";

export function CallBackRow({ call: asked }: { call: Call }) {
  const { store } = useApp();
  const call = knownAs(store, asked);
  const row = useRef<HTMLElement>(null);
  const late = call.due !== null && Date.parse(call.due) < store.now.value;
  const tries = call.tries > 0 ? `Tried ${call.tries === 1 ? "once" : `${call.tries} times`}` : "";
  const facts = [call.subject, inboxName(store, call.inbox), call.choice, tries].filter(Boolean).join(" · ");
  return (
    <article class="call-back" data-row tabIndex={-1} ref={row} aria-label={`Call back ${callerName(call)}`}>
      <header>
        <a href={formatRoute({ view: "call-backs", conversation: call.conversation })}>{callerName(call)}</a>
        <Due call={call} late={late} />
      </header>
      {call.name !== call.number && call.name && <p class="call-number">{readable(call.number)}</p>}
      {facts && <p class="call-facts">{facts}</p>}
      {call.problem && <p class="call-trust bad">{call.problem}</p>}
      <Answers call={call} leave={() => passFocus(row.current)} />
    </article>
  );
}

function Due({ call: { due }, late }: { call: Call; late: boolean }) {
  const { now } = useApp().store;
  if (due === null) return <span class="call-due">next free agent</span>;
  return (
    <time class={late ? "call-due late" : "call-due"} dateTime={due} title={exact(due)}>
      {dayAndTime(Date.parse(due))}, {dueWords(due, now.value)}
    </time>
  );
}

function Answers({ call, leave }: { call: Call; leave: () => void }) {
  const app = useApp();
  const { dialog } = app.store.calls;
  return (
    <div class="decision">
      <CallNow call={call} />
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        disabled={call.state !== "planned"}
        onClick={() => {
          dialog.value = { kind: "move", call: call.id };
        }}
      >
        Move
      </button>
      <button
        type="button"
        class="button"
        disabled={!may(call, "cancel")}
        onClick={() => {
          leave();
          void cancelCallBack(app, call);
        }}
      >
        Cancel
      </button>
    </div>
  );
}

function CallNow({ call }: { call: Call }) {
  const app = useApp();
  const busy = useSignal(false);
  // Sent again after a failure it is the same request.
  const request = useRef(crypto.randomUUID());
  const talks = callsAs(app.store, "talk", app.store.now.value).length > 0;
  const run = async () => {
    busy.value = true;
    if (await callNow(app, call, request.current)) request.current = crypto.randomUUID();
    busy.value = false;
  };
  return (
    <button
      type="button"
      class="button"
      title={talks ? "You are on a call" : "Your phone rings first, then theirs"}
      disabled={talks || busy.value}
      onClick={() => void run()}
    >
      Call now
    </button>
  );
}

/** The row is about to leave; the keyboard goes on at its neighbour. */
function passFocus(row: HTMLElement | null): void {
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  if (next instanceof HTMLElement) next.focus();
}
