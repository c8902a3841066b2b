// Talk to them first, or hand the call over at once.

import type { Signal } from "@preact/signals";
import type { Transfer } from "../../api/call-types";

const MODES: { mode: Transfer["mode"]; name: string; hint: string }[] = [
  { mode: "warm", name: "Talk to them first", hint: "The customer waits on hold with music" },
  { mode: "cold", name: "Hand over at once", hint: "The customer hears music until they pick up" },
];

export function Mode({ mode }: { mode: Signal<Transfer["mode"]> }) {
  return (
    <fieldset class="call-choices">
      <legend class="unseen">How</legend>
      {MODES.map(({ mode: each, name, hint }) => (
        <label key={each}>
          <input
            type="radio"
            name="transfer-mode"
            checked={mode.value === each}
            onChange={() => {
              mode.value = each;
            }}
          />
          <span>
            {name} <small>{hint}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
