// The ring: on or off, how loud, and a way to hear it.

import { useApp } from "../../app-context";
import { bell } from "../alerts";
import { setRing } from "./set-ring";

export function RingSound() {
  const app = useApp();
  const { on, volume } = app.store.calls.ring.value;
  return (
    <section aria-labelledby="setup-sound">
      <h3 id="setup-sound">Ring on this device</h3>
      <div class="setup-row">
        <label>
          <input
            type="checkbox"
            checked={on}
            onChange={({ currentTarget: { checked } }) => setRing(app, { on: checked })}
          />{" "}
          Ring when a call comes
        </label>
        <input
          type="range"
          min="0.05"
          max="1"
          step="0.05"
          aria-label="Volume of the ring"
          disabled={!on}
          value={volume}
          onInput={({ currentTarget: { value } }) => setRing(app, { volume: Number(value) })}
        />
        <button
          type="button"
          class="button"
          disabled={!on}
          onClick={() => bell.once(app.store.calls.ring.value)}
        >
          Listen
        </button>
      </div>
    </section>
  );
}
