// The two answers to a call that rings; where it rings elsewhere, the card says where.

import type { Call } from "../../api/call-types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { answer, decline } from "../acts";
import { legOf } from "../phone/legs";
import { may } from "../roles";
import { readable } from "../words";

interface Props {
  call: Call;
  first: boolean;
}

export function CardAnswers({ call, first }: Props) {
  const app = useApp();
  return (
    <div class="call-answers">
      {call.device === "phone" ? <OnThePhone /> : <AnswerHere call={call} first={first} />}
      {may(call, "decline") && (
        <button
          type="button"
          class="button"
          title="Decline (Shift + X): the next agent is rung"
          {...(first && { "data-key": "shift+x" })}
          onClick={() => void decline(app, call)}
        >
          Decline
        </button>
      )}
    </div>
  );
}

function OnThePhone() {
  const number = useApp().store.calls.choice.value?.number ?? "";
  return (
    <p class="call-ringing">Ringing your phone{number && ` ${readable(number)}`}. Pick it up to answer.</p>
  );
}

function AnswerHere({ call, first }: Props) {
  const app = useApp();
  const { legs, line } = app.store.calls;
  const { phase } = line.value;
  const here = legOf(legs.value, call.id) !== undefined || phase === "elsewhere";
  if (!here && phase === "failed") return <NotConnected />;
  return (
    <button
      type="button"
      class="button primary answer"
      disabled={!here}
      title="Answer (Shift + A)"
      {...(first && { "data-key": "shift+a" })}
      onClick={() => answer(app, call)}
    >
      <Icon name="voice" /> {here ? "Answer" : "Connecting…"}
    </button>
  );
}

function NotConnected() {
  const { phone } = useApp();
  return (
    <p class="call-ringing">
      Your phone is not connected.
      <button type="button" class="link" onClick={() => phone.retry()}>
        Try again
      </button>
    </p>
  );
}
