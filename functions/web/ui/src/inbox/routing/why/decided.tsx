// The latest decision, as it was stored when it was made.

import type { Decision } from "../../../api/routing-types";
import { exact, timeOfDay } from "../../../ui/time";
import { PersonLine } from "./person-line";

interface Props {
  decided: Decision | null;
  /** What stands above already. */
  said: string;
}

export function Decided({ decided, said }: Props) {
  if (!decided) return null;
  const { at, sentence, order, refused } = decided;
  return (
    <section>
      <h3>
        Last decision,{" "}
        <time dateTime={at} title={exact(at)}>
          {timeOfDay(at)}
        </time>
      </h3>
      {!said.includes(sentence) && <p>{sentence}</p>}
      {order.length + refused.length > 0 && (
        <details>
          <summary>Who was looked at</summary>
          <ul class="why-people">
            {order.map(({ agent, name }, index) => (
              <PersonLine key={agent} name={name} rank={index + 1} words="could take it" />
            ))}
            {refused.map(({ agent, name, words }) => (
              <PersonLine key={agent} name={name} rank={null} words={words} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
