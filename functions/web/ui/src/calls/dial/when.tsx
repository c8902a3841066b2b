// When a customer is called: now, by whoever is free next, when the inbox opens, or at a time.

import type { Signal } from "@preact/signals";
import type { Calling } from "../../api/call-types";
import { dayAndTime, firstProposal, momentOf, refusal, theirTime } from "./times";

export type When = "now" | "free" | "opening" | "time";

export interface Plan {
  when: When;
  /** What stands in the picker, in the agent's own time. */
  picked: string;
}

export const EMPTY_PLAN: Plan = { when: "now", picked: "" };

/** The moment of a plan; null stands for now. */
export function dueOf({ when, picked }: Plan, opening: string | null): string | null {
  if (when === "opening") return opening;
  const at = when === "time" ? momentOf(picked) : null;
  return at === null ? null : new Date(at).toISOString();
}

/** Why the plan cannot be made; empty when it can. */
export function whyNot({ when, picked }: Plan, now: number): string {
  return when === "time" ? refusal(momentOf(picked), now) : "";
}

interface Props {
  plan: Signal<Plan>;
  calling: Calling;
  /** What calling now means; absent where it is no choice. */
  now?: string;
  busy?: boolean;
}

export function When({ plan, calling, now, busy = false }: Props) {
  const { next_opening: opening } = calling;
  const choices: { when: When; name: string; hint: string; off?: boolean }[] = [
    ...(now === undefined ? [] : [{ when: "now" as const, name: "Now", hint: now, off: busy }]),
    { when: "free", name: "As soon as somebody is free", hint: "It waits in line with the other calls" },
    ...(opening
      ? [{ when: "opening" as const, name: "When we open", hint: dayAndTime(Date.parse(opening)) }]
      : []),
    { when: "time", name: "At a time", hint: "" },
  ];
  const choose = (when: When) => {
    plan.value = { when, picked: plan.value.picked || firstProposal(Date.now()) };
  };
  return (
    <>
      <fieldset class="call-choices">
        <legend class="unseen">When</legend>
        {choices.map(({ when, name, hint, off = false }) => (
          <label key={when}>
            <input
              type="radio"
              name="when"
              checked={plan.value.when === when}
              disabled={off}
              onChange={() => choose(when)}
            />
            <span>
              {name} {hint && <small>{hint}</small>}
            </span>
          </label>
        ))}
      </fieldset>
      {plan.value.when === "time" && <Picker plan={plan} zone={calling.zone} />}
    </>
  );
}

function Picker({ plan, zone }: { plan: Signal<Plan>; zone: string | null }) {
  const at = momentOf(plan.value.picked);
  const theirs = at === null ? "" : theirTime(at, zone);
  return (
    <label class="call-field">
      Your time
      <input
        type="datetime-local"
        value={plan.value.picked}
        onInput={({ currentTarget: { value } }) => {
          plan.value = { when: "time", picked: value };
        }}
      />
      {theirs && <small role="status">{theirs}</small>}
    </label>
  );
}
