// Finds who takes a call: type a name, a skill or a number; arrow keys choose, the field keeps the focus.

import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { TargetOption } from "./choices";

interface Props {
  found: TargetOption[];
  chosen: TargetOption | undefined;
  query: Signal<string>;
  /** The one that was pointed at. */
  wanted: Signal<string>;
}

export function TargetField(props: Props) {
  const { found, chosen, wanted } = props;
  const list = useId();
  return (
    <>
      <Field {...props} list={list} />
      <div id={list} class="targets" role="listbox" aria-label="Who can take it">
        {found.map((option) => (
          <div
            key={option.id}
            id={optionId(list, option)}
            class="target"
            role="option"
            aria-selected={option === chosen}
            aria-disabled={option.away}
            onClick={() => {
              if (!option.away) wanted.value = option.id;
            }}
          >
            <span>{option.label}</span>
            <small>{option.hint}</small>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="hint">Nobody by that name. A number begins with + and its country.</p>}
    </>
  );
}

function Field({ found, chosen, query, wanted, list }: Props & { list: string }) {
  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !chosen) return;
    event.preventDefault();
    const open = found.filter(({ away }) => !away);
    wanted.value = open.at((open.indexOf(chosen) + by) % open.length)?.id ?? "";
  };
  return (
    <input
      role="combobox"
      aria-label="Who takes the call: a name, a skill or a number"
      placeholder="Name, skill or +number"
      aria-autocomplete="list"
      aria-expanded={found.length > 0}
      aria-controls={list}
      aria-activedescendant={chosen && optionId(list, chosen)}
      autocomplete="off"
      value={query.value}
      onInput={({ currentTarget: { value } }) => {
        query.value = value;
        wanted.value = "";
      }}
      onKeyDown={move}
    />
  );
}

function optionId(list: string, { id }: TargetOption): string {
  return `${list}-${id.replaceAll(/\W/g, "-")}`;
}
