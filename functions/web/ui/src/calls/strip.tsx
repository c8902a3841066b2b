// The strip above the panes: who is away or finishing up, the call that is on, the work after one, one that was missed, and a phone that is not connected.

import type { Call } from "../api/call-types";
import { useApp } from "../app-context";
import { OfferLines } from "../inbox/offers/places";
import { PresenceLine } from "../presence/presence-line";
import type { Store } from "../store";
import { CallBar } from "./bar/bar";
import { WrapUp } from "./bar/wrap-up";
import { MissedLine } from "./missed-line";
import { LineTrouble } from "./setup/line-trouble";
import { callsAs } from "./state";
import "./bar/bar.css";

export function CallStrip() {
  const { store } = useApp();
  const talks = callsAs(store, "talk", store.now.value);
  const done = afterCalls(store);
  return (
    <div class="call-strip">
      <PresenceLine />
      {talks.map((call, index) => (
        <CallBar key={call.id} call={call} first={index === 0} />
      ))}
      {done.map((call, index) => (
        <WrapUp key={call.id} call={call} first={index === 0} />
      ))}
      <OfferLines />
      <MissedLine />
      <LineTrouble />
    </div>
  );
}

/** Nobody's words are taken out of their hands: a field that would vanish would send the next letters to the keys. */
function afterCalls(store: Store): Call[] {
  const done = callsAs(store, "wrap", store.now.value);
  const noting = store.calls.noting.value;
  return noting && !done.some(({ id }) => id === noting.id) ? [...done, noting] : done;
}
