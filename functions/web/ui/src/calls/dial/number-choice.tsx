// Which of a customer's numbers is called; one that is not known yet can be typed.

import type { Signal } from "@preact/signals";
import { numberIn } from "../transfer/choices";
import { readable } from "../words";

interface Props {
  numbers: string[];
  /** The chosen one; empty stands for the first. */
  number: Signal<string>;
}

export function NumberChoice({ numbers, number }: Props) {
  const [first = ""] = numbers;
  if (numbers.length === 0) return <Typed number={number} />;
  if (numbers.length === 1) return <p>{readable(first)}</p>;
  return (
    <fieldset class="call-choices">
      <legend class="unseen">Number</legend>
      {numbers.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="number"
            checked={each === (number.value || first)}
            onChange={() => {
              number.value = each;
            }}
          />
          <span>{readable(each)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Typed({ number }: { number: Signal<string> }) {
  return (
    <label class="call-field">
      Number
      <input
        type="tel"
        autocomplete="off"
        placeholder="+1 202 555 0100"
        onInput={({ currentTarget: { value } }) => {
          number.value = numberIn(value) ?? "";
        }}
      />
    </label>
  );
}
