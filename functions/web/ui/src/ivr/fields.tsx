// The small parts of a node's form: a labelled control with what is wrong with it, words, numbers, targets.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Finding } from "./types";

export interface Wrong {
  findings: readonly Finding[];
}

interface Labelled extends Wrong {
  label: string;
  hint?: string | undefined;
  children: (id: string, about: string | undefined) => ComponentChildren;
}

export function Labelled({ label, hint, findings, children }: Labelled) {
  const id = useId();
  const about = hint || findings.length ? `${id}-about` : undefined;
  return (
    <div class="ivr-field">
      <label for={id}>{label}</label>
      {children(id, about)}
      {about && (
        <div id={about} class="ivr-about">
          {hint && <span>{hint}</span>}
          <Problems findings={findings} />
        </div>
      )}
    </div>
  );
}

export function Problems({ findings }: Wrong) {
  return findings.map(({ severity, problem }) => (
    <span key={problem} class={`ivr-problem ${severity}`}>
      {problem}
    </span>
  ));
}

interface Text extends Wrong {
  label: string;
  hint?: string | undefined;
  value: string;
  rows?: number;
  readonly: boolean;
  change: (value: string) => void;
}

export function TextField({ label, hint, findings, value, rows, readonly, change }: Text) {
  const typed = (event: Event) => change((event.currentTarget as HTMLInputElement).value);
  return (
    <Labelled label={label} hint={hint} findings={findings}>
      {(id, about) => {
        const shared = { id, value, readOnly: readonly, "aria-describedby": about, onInput: typed };
        return rows ? <textarea {...shared} rows={rows} /> : <input type="text" {...shared} />;
      }}
    </Labelled>
  );
}

interface Whole extends Wrong {
  label: string;
  value: number;
  most: number;
  readonly: boolean;
  change: (value: number) => void;
}

export function NumberField({ label, findings, value, most, readonly, change }: Whole) {
  return (
    <Labelled label={label} findings={findings}>
      {(id, about) => (
        <input
          id={id}
          type="number"
          min={0}
          max={most}
          value={value}
          readOnly={readonly}
          aria-describedby={about}
          onInput={(event) => change(Number(event.currentTarget.value))}
        />
      )}
    </Labelled>
  );
}

interface To extends Wrong {
  label: string;
  hint?: string | undefined;
  value: string;
  names: readonly string[];
  readonly: boolean;
  change: (value: string) => void;
}

/** Where something leads; a node that is gone is still shown, so that nobody loses it without noticing. */
export function TargetField({ label, hint, findings, value, names, readonly, change }: To) {
  const gone = value && !names.includes(value) ? [value] : [];
  return (
    <Labelled label={label} hint={hint} findings={findings}>
      {(id, about) => (
        <select
          id={id}
          value={value}
          disabled={readonly}
          aria-describedby={about}
          onChange={(event) => change(event.currentTarget.value)}
        >
          <option value="">{hint ? "not set" : "nowhere"}</option>
          {[...names, ...gone].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
