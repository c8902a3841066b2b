// How long a conversation has waited and may wait, its place in line, and what waiting alone will change.

import type { Routing } from "../../../api/routing-types";
import { useSeconds } from "../../../calls/tick";
import { exact, lasting } from "../../../ui/time";
import { comingOf, counted } from "./coming";
import { Fact } from "./explanation";

interface Props {
  routing: Routing;
  /** When it was true. */
  at: number;
}

export function Wait({ routing }: Props) {
  const { enqueued, place, shared, expected, unexpected } = routing;
  const now = useSeconds();
  if (enqueued === null) return null;
  return (
    <>
      <Fact name="Waiting">
        <span title={exact(enqueued)}>{lasting(enqueued, now)}</span>
      </Fact>
      {place && (
        <Fact name="Place">
          <span class="why-place">{place.words}</span>
          {shared && <small class="why-basis">{shared.words}</small>}
        </Fact>
      )}
      <Fact name="Expected">
        {expected ? expected.words : "Not known"}
        <small class="why-basis">{expected ? expected.basis : unexpected}</small>
      </Fact>
    </>
  );
}

export function ComingList({ routing, at }: Props) {
  const now = useSeconds();
  const coming = comingOf(routing);
  if (coming.length === 0) return null;
  return (
    <section>
      <h3>If it goes on waiting</h3>
      <ul class="why-coming">
        {coming.map((each) => (
          <li key={each.words}>{counted(each, (now - at) / 1000)}</li>
        ))}
      </ul>
    </section>
  );
}
