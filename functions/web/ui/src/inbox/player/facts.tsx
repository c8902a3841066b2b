// What an agent should know about a recording: what the parties were told, what is missing, how long it is kept.

import type { Recording } from "../../api/recording-types";
import { exact } from "../../ui/time";
import { left, spoken } from "./places";

export function Facts({ recording: { consent, gaps, keep_until } }: { recording: Recording }) {
  const missing = left(gaps);
  if (!consent && gaps.length === 0 && !keep_until) return null;
  return (
    <ul class="player-facts">
      {consent && (
        <li title={exact(consent.at)}>
          Announced before: <q lang={consent.language}>{consent.words}</q>
        </li>
      )}
      {gaps.length > 0 && (
        <li>
          {missing > 0 ? `Paused for ${spoken(missing)}` : "Paused"}: what was said then is not recorded.
        </li>
      )}
      {keep_until && (
        <li title={exact(keep_until)}>
          Kept until{" "}
          {new Intl.DateTimeFormat(undefined, { dateStyle: "medium" }).format(Date.parse(keep_until))}
        </li>
      )}
    </ul>
  );
}
