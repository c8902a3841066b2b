// The microphone on a click, and the loudspeaker that plays the customer.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useApp } from "../../app-context";
import { setRing } from "./set-ring";
import { type Check, checkMicrophone, loudspeakers } from "./microphone";

export function Microphone() {
  const check = useSignal<Check | null>(null);
  const test = async () => {
    check.value = await checkMicrophone(navigator.mediaDevices);
  };
  return (
    <section aria-labelledby="setup-microphone">
      <h3 id="setup-microphone">Microphone and loudspeaker</h3>
      <div class="setup-row">
        <p role="status" class={check.value && !check.value.ok ? "pane-error" : ""}>
          {check.value?.words ?? "Check it before the first call."}
        </p>
        <button type="button" class="button" onClick={test}>
          Check the microphone
        </button>
      </div>
      <Loudspeaker key={String(check.value?.ok)} />
    </section>
  );
}

function Loudspeaker() {
  const app = useApp();
  const known = useSignal<{ id: string; name: string }[]>([]);
  useEffect(() => {
    void loudspeakers(navigator.mediaDevices).then((found) => {
      known.value = found;
    });
  }, []);
  if (known.value.length === 0) return null;
  return (
    <label class="call-field">
      Loudspeaker
      <select
        value={app.store.calls.ring.value.output}
        onChange={({ currentTarget: { value } }) => setRing(app, { output: value })}
      >
        <option value="">As the system does</option>
        {known.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
