// The end of a shift: what is still with the agent, the way to hand it over, and the way out.

import { useSignal } from "@preact/signals";
import { useApp } from "../../app-context";
import { DialogFrame } from "../../ui/dialog";
import { Loading } from "../../ui/states";
import { goAway } from "../leaving";
import type { Leaving } from "../state";
import { HandOverRest } from "./hand-over-rest";
import type { Outcome } from "./outcome";
import { OutcomeList } from "./outcome-list";
import { RestList } from "./rest-list";
import { type Rest, useRest } from "./use-rest";
import "../presence-dialog.css";
import "./shift.css";

interface Props {
  /** What the agent was about to do, or null. */
  then: Leaving | null;
  closed: () => void;
}

export default function ShiftDialog({ then, closed }: Props) {
  return (
    <DialogFrame title="What is still with you" class="call-dialog shift" closed={closed}>
      {(close) => <Shift then={then} close={close} />}
    </DialogFrame>
  );
}

function Shift({ then, close }: { then: Leaving | null; close: () => void }) {
  const rest = useRest();
  const outcome = useSignal<Outcome | null>(null);
  return (
    <>
      {outcome.value && <OutcomeList outcome={outcome.value} />}
      <Remaining rest={rest} told={outcome.value !== null} close={close} />
      {rest.heads.length > 0 && <HandOverRest heads={rest.heads} outcome={outcome} />}
      <WaysOut then={then} left={rest.heads.length} close={close} />
    </>
  );
}

function Remaining({ rest, told, close }: { rest: Rest; told: boolean; close: () => void }) {
  if (rest.error)
    return (
      <p class="pane-error" role="alert">
        It could not be read whole. {rest.error}
        <button type="button" class="link" onClick={rest.again}>
          Try again
        </button>
      </p>
    );
  if (rest.heads.length) return <RestList heads={rest.heads} told={told} close={close} />;
  return rest.loading ? (
    <Loading label="Reading what is with you" rows={2} />
  ) : (
    <p>Nothing is left with you.</p>
  );
}

const WAYS: { then: Leaving; label: string }[] = [
  { then: "sign-out", label: "Sign out" },
  { then: "offline", label: "Go offline" },
];

function WaysOut({ then, left, close }: { then: Leaving | null; left: number; close: () => void }) {
  const app = useApp();
  const me = app.store.me.value;
  const go = (way: Leaving) => () => {
    close();
    if (me) void goAway(app, me, way);
  };
  const isNext = (way: Leaving) => left === 0 && way === (then ?? "offline");
  return (
    <div class="ways-out">
      {left > 0 && <p class="hint">If you leave now, what is listed waits for you until you are back.</p>}
      <div class="call-bottom">
        <button type="button" class="button" onClick={close}>
          Close
        </button>
        {WAYS.filter((way) => way.then === "sign-out" || me?.presence !== "OFFLINE").map((way) => (
          <button
            key={way.then}
            type="button"
            class={isNext(way.then) ? "button primary" : "button"}
            onClick={go(way.then)}
          >
            {way.label}
          </button>
        ))}
      </div>
    </div>
  );
}
