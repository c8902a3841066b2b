// Goes away, with why and until when, as colleagues see it.

import { useSignal } from "@preact/signals";
import { useApp } from "../app-context";
import { DialogBottom } from "../calls/call-dialog";
import { useSubmit } from "../calls/submitting";
import { DialogFrame } from "../ui/dialog";
import { type Away, backAt, begun, clockOf, lackingIn, saidOf, SPANS } from "./away";
import { Pills } from "./pills";
import { choosePresence } from "./set-presence";
import { REASONS, stanceOf } from "./words";
import "./presence-dialog.css";

const LONGEST = 200;

export default function AwayDialog({ closed }: { closed: () => void }) {
  return (
    <DialogFrame title="Away" class="call-dialog" closed={closed}>
      {(close) => <AwayForm close={close} />}
    </DialogFrame>
  );
}

function AwayForm({ close }: { close: () => void }) {
  const app = useApp();
  const { me, now } = app.store;
  const away = useSignal<Away>(me.value ? begun(me.value, Date.now()) : { reason: "", own: "", back: null });
  const change = (patch: Partial<Away>) => {
    away.value = { ...away.value, ...patch };
  };
  const send = () => choosePresence(app, "AWAY", saidOf(away.value, Date.now()));
  const { submit, ...state } = useSubmit(() => lackingIn(away.value, Date.now()), send, close);
  const { reason = "", returns_at = null } = saidOf(away.value, now.value);
  return (
    <form onSubmit={submit} noValidate>
      <Reason away={away.value} change={change} />
      <BackTime away={away.value} change={change} />
      <p class="hint" role="status">
        No new work comes; what you have stays with you. Colleagues see:{" "}
        <b>{stanceOf({ presence: "AWAY", reason, returns_at }, now.value)}</b>
      </p>
      <DialogBottom {...state} label={me.value?.presence === "AWAY" ? "Change" : "Set away"} close={close} />
    </form>
  );
}

interface Props {
  away: Away;
  change: (patch: Partial<Away>) => void;
}

function Reason({ away: { reason, own }, change }: Props) {
  return (
    <Pills
      legend="Why"
      name="reason"
      options={[...REASONS.map((each) => ({ value: each, label: each })), { value: "", label: "Other" }]}
      chosen={reason}
      choose={(value) => change({ reason: value })}
    >
      {reason === "" && (
        <label class="call-field">
          In a few words, if you like
          <input
            name="own"
            maxLength={LONGEST}
            value={own}
            onInput={({ currentTarget: { value } }) => change({ own: value })}
          />
        </label>
      )}
    </Pills>
  );
}

const AT_A_TIME = "clock";
const NOT_KNOWN = "";

function BackTime({ away: { back }, change }: Props) {
  const choose = (value: string) => {
    if (value === NOT_KNOWN) change({ back: null });
    else if (value === AT_A_TIME) change({ back: { clock: proposed() } });
    else change({ back: { minutes: Number(value) } });
  };
  const clock = back !== null && "clock" in back ? back.clock : null;
  const chosen = back === null ? NOT_KNOWN : "clock" in back ? AT_A_TIME : String(back.minutes);
  return (
    <Pills
      legend="Back in"
      name="back"
      options={[
        ...SPANS.map((minutes) => ({ value: String(minutes), label: `${minutes} min` })),
        { value: AT_A_TIME, label: "At a time" },
        { value: NOT_KNOWN, label: "Not sure" },
      ]}
      chosen={chosen}
      choose={choose}
    >
      {clock !== null && (
        <label class="call-field">
          Back at, as your clock shows it
          <input
            type="time"
            name="clock"
            value={clock}
            onInput={({ currentTarget: { value } }) => change({ back: { clock: value } })}
          />
        </label>
      )}
    </Pills>
  );
}

/** In an hour and a half, to the quarter. */
function proposed(): string {
  const quarter = 15 * 60_000;
  const at = backAt({ minutes: 90 }, Date.now()) ?? 0;
  return clockOf(new Date(Math.ceil(at / quarter) * quarter).toISOString());
}
