// Where calls ring: this browser, or the agent's telephone; and whether this browser is connected.

import type { PhoneKind } from "../../api/call-types";
import { useApp } from "../../app-context";
import type { LinePhase } from "../phone/line";
import { readable } from "../words";

const PHASE_WORDS: Record<LinePhase, string> = {
  off: "",
  connecting: "Connecting…",
  ready: "Connected: calls ring here.",
  elsewhere: "",
  failed: "Not connected.",
};

export function Devices() {
  const { phone, store } = useApp();
  const choice = store.calls.choice.value;
  const number = choice?.number ?? "";
  const devices: { device: PhoneKind; name: string; hint: string; off: boolean }[] = [
    { device: "browser", name: "This browser", hint: "With headset or loudspeaker", off: false },
    {
      device: "phone",
      name: number ? readable(number) : "Your telephone",
      hint: number ? "Your telephone" : "An admin can add its number",
      off: !number,
    },
  ];
  return (
    <section aria-labelledby="setup-where">
      <h3 id="setup-where">Calls ring on</h3>
      <fieldset class="call-choices">
        <legend class="unseen">Calls ring on</legend>
        {devices.map(({ device, name, hint, off }) => (
          <label key={device}>
            <input
              type="radio"
              name="device"
              checked={choice?.device === device}
              disabled={off}
              onChange={() => void phone.choose(device)}
            />
            <span>
              {name} <small>{hint}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {choice?.device === "browser" && <State />}
    </section>
  );
}

function State() {
  const { phone, store } = useApp();
  const { phase, words, next } = store.calls.line.value;
  return (
    <div class="setup-row" role="status">
      <p>{[PHASE_WORDS[phase], words, next].filter(Boolean).join(" ")}</p>
      {phase === "failed" && (
        <button type="button" class="button" onClick={() => phone.retry()}>
          Connect again
        </button>
      )}
      {phase === "elsewhere" && (
        <button type="button" class="button" onClick={() => phone.takeOver()}>
          Ring in this tab
        </button>
      )}
    </div>
  );
}
