// One of a few short choices, side by side: a radio group that arrow keys move through.

import type { ComponentChildren } from "preact";

interface Props {
  legend: string;
  name: string;
  options: { value: string; label: string }[];
  chosen: string;
  choose: (value: string) => void;
  /** What the choice asks for, below it. */
  children?: ComponentChildren;
}

export function Pills({ legend, name, options, chosen, choose, children }: Props) {
  return (
    <fieldset class="pills">
      <legend>{legend}</legend>
      <div>
        {options.map(({ value, label }) => (
          <label key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
