// Who could take a conversation now, in the order in which they are asked, and what keeps the others from it.

import type { Candidate, CandidateGroup, Routing } from "../../../api/routing-types";
import { PersonLine } from "./person-line";

/** Up to how many are told one by one without being asked. */
const AT_ONCE = 8;

export function Candidates({ routing: { candidates, groups } }: { routing: Routing }) {
  if (candidates.length === 0 && groups.length === 0) return null;
  return (
    <section>
      <h3>Who could take it</h3>
      <ul class="why-people">
        {candidates.slice(0, AT_ONCE).map((each) => (
          <PersonLine key={each.agent} {...each} />
        ))}
      </ul>
      {candidates.length > AT_ONCE && (
        <details>
          <summary>{candidates.length - AT_ONCE} more</summary>
          <ul class="why-people">
            {candidates.slice(AT_ONCE).map((each) => (
              <PersonLine key={each.agent} {...each} />
            ))}
          </ul>
        </details>
      )}
      <ul class="why-groups">
        {unnamed(candidates, groups).map(({ refused, count, words }) => (
          <li key={refused ?? ""}>
            {count.toLocaleString()} {words}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who is told by name is not told as a number as well; who works elsewhere never is. */
export function unnamed(
  candidates: readonly Candidate[],
  groups: readonly CandidateGroup[],
): CandidateGroup[] {
  const here = groups.filter(({ refused }) => refused !== "outside");
  const all = here.reduce((sum, { count }) => sum + count, 0);
  return groups.filter(({ refused }) => refused === "outside" || all > candidates.length);
}
