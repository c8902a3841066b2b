// What a hand-over has moved, and what it has not and why. The keyboard and the reader's voice go there.

import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/icon";
import { type Outcome, summary } from "./outcome";

export function OutcomeList({ outcome }: { outcome: Outcome }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [outcome]);
  const { moved, kept } = outcome;
  return (
    <section aria-label="What became of it">
      <h3 class="outcome" ref={heading} tabIndex={-1}>
        {summary(outcome)}
      </h3>
      {/* it may be longer than its place, and holds nothing to focus */}
      <ul class="rest" tabIndex={0} aria-label="Conversation by conversation">
        {moved.map(({ id, name }) => (
          <li key={id} class="moved">
            <Icon name="check" />
            <span>{name}</span>
            <small>Handed over</small>
          </li>
        ))}
        {kept.map(({ id, name, why }) => (
          <li key={id} class="kept">
            <Icon name="warning" />
            <span>{name}</span>
            <small>{why}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
