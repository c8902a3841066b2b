// The strip above the panes: the call that is on, the work after one, and a phone that is not connected.

import { useApp } from "../app-context";
import { CallBar } from "./bar/bar";
import { WrapUp } from "./bar/wrap-up";
import { LineTrouble } from "./setup/line-trouble";
import { callsAs } from "./state";
import "./bar/bar.css";

export function CallStrip() {
  const { store } = useApp();
  const talks = callsAs(store, "talk", store.now.value);
  const done = callsAs(store, "wrap", store.now.value);
  return (
    <div class="call-strip">
      {talks.map((call, index) => (
        <CallBar key={call.id} call={call} first={index === 0} />
      ))}
      {done.map((call, index) => (
        <WrapUp key={call.id} call={call} first={index === 0} />
      ))}
      <LineTrouble />
    </div>
  );
}
