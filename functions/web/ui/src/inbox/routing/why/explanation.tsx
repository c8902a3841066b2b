// Why a conversation has its agent, or none yet: the answer first, then what it is made of.

import type { ComponentChildren } from "preact";
import type { Routing } from "../../../api/routing-types";
import type { Conversation } from "../../../api/types";
import { Failed, Loading } from "../../../ui/states";
import { exact, timeOfDay } from "../../../ui/time";
import { heatSentence } from "../heat";
import { aheadWords, priorityName } from "../priority";
import { Candidates } from "./candidates";
import { Decided } from "./decided";
import { type Reading, useRouting } from "./reading";
import { ComingList, Wait } from "./waiting";
import "./why.css";

export default function Explanation({ conversation }: { conversation: Conversation }) {
  const reading = useRouting(conversation);
  if (!reading.routing)
    return reading.error ? (
      <Failed title="The explanation did not load" text={reading.error} retry={reading.again} />
    ) : (
      <Loading label="Loading the explanation" rows={4} />
    );
  return <Answer routing={reading.routing} reading={reading} />;
}

function Answer({ routing, reading }: { routing: Routing; reading: Reading }) {
  return (
    <>
      <p class="why-sentence" role="status">
        {routing.sentence}
      </p>
      {reading.error && (
        <p class="pane-error" role="alert">
          {reading.error} This was true at {timeOfDay(new Date(reading.at).toISOString())}.
          <button type="button" class="link" onClick={reading.again}>
            Try again
          </button>
        </p>
      )}
      <Facts routing={routing} at={reading.at} />
      <ComingList routing={routing} at={reading.at} />
      <Candidates routing={routing} />
      <Declined routing={routing} />
      <Decided decided={routing.decided} said={routing.sentence} />
    </>
  );
}

function Facts({ routing, at }: { routing: Routing; at: number }) {
  const { band, boost, rules, preferred, asks, pools, heated } = routing;
  const priority = [priorityName(band), aheadWords(boost)].filter(Boolean).join(", ");
  return (
    <dl class="facts">
      <Fact name="Asks for">{asks || "Nothing special"}</Fact>
      <Wait routing={routing} at={at} />
      <Fact name="Priority">{priority}</Fact>
      {pools.length > 0 && (
        <Fact name="Pools">
          {pools.map(({ name, label, open }) => (
            <span key={name} class="why-pool">
              {label} {!open && <small>not yet</small>}
            </span>
          ))}
        </Fact>
      )}
      {rules.length > 0 && <Fact name={rules.length === 1 ? "Rule" : "Rules"}>{rules.join(", ")}</Fact>}
      {heated.heated && <Fact name="Heated">{heatSentence({ heat: heated.signs })}</Fact>}
      {preferred && (
        <Fact name="Kept for">
          <span title={exact(preferred.until)}>
            {preferred.name} until {timeOfDay(preferred.until)}
          </span>
        </Fact>
      )}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Who said no is not asked again for a while. */
function Declined({ routing: { declined } }: { routing: Routing }) {
  if (declined.length === 0) return null;
  return (
    <section>
      <h3>Declined</h3>
      <ul>
        {declined.map(({ agent, name, at }) => (
          <li key={agent}>
            {name} <small title={exact(at)}>at {timeOfDay(at)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
