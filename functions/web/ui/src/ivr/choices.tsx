// The choices of a menu: a key, what it is about, the words that stand for it, and where it leads.

import { useState } from "preact/hooks";
import { Icon } from "../ui/icon";
import { changedChoice, withChoice, withoutChoice } from "./document";
import type { Editor } from "./editor";
import { TargetField, TextField, type Wrong } from "./fields";
import type { Choice, Finding, Menu } from "./types";

interface Properties {
  editor: Editor;
  menu: Menu;
  name: string;
  findings: readonly Finding[];
  readonly: boolean;
}

export function Choices({ editor, menu, name, findings, readonly }: Properties) {
  const choices = menu.nodes[name]?.choices ?? [];
  return (
    <fieldset class="ivr-choices">
      <legend>Choices</legend>
      <ol>
        {choices.map((choice, at) => (
          <li key={at}>
            <OneChoice {...{ editor, menu, name, findings, readonly, choice, at }} />
          </li>
        ))}
      </ol>
      {!readonly && (
        <button type="button" class="button" onClick={() => editor.edit(withChoice(menu, name))}>
          Add a choice
        </button>
      )}
    </fieldset>
  );
}

interface One extends Properties {
  choice: Choice;
  at: number;
}

function OneChoice({ editor, menu, name, findings, readonly, choice, at }: One) {
  const part = (field: string) => ({
    readonly,
    findings: findings.filter((found) => found.field === `choices[${at}].${field}`),
  });
  const change = (fields: Partial<Choice>, field: string) =>
    editor.edit(changedChoice(menu, name, at, fields), `${name}.${at}.${field}`);
  const key = (digit: string) => change({ digit: digit.trim().slice(-1) }, "digit");
  return (
    <div class="ivr-choice">
      <TextField {...part("digit")} label="Key" value={choice.digit} change={key} />
      <TextField
        {...part("label")}
        label="Is about"
        value={choice.label}
        change={(label) => change({ label }, "label")}
      />
      <TargetField
        {...part("to")}
        label="Leads to"
        value={choice.to}
        names={Object.keys(menu.nodes)}
        change={(to) => change({ to }, "to")}
      />
      <Words {...part("words")} words={choice.words ?? []} change={(words) => change({ words }, "words")} />
      {!readonly && <Remove choice={choice} remove={() => editor.edit(withoutChoice(menu, name, at))} />}
    </div>
  );
}

function Remove({ choice, remove }: { choice: Choice; remove: () => void }) {
  const label = `Remove choice ${choice.digit} ${choice.label}`;
  return (
    <button type="button" class="plain" aria-label={label} title="Remove" onClick={remove}>
      <Icon name="close" />
    </button>
  );
}

interface Spoken extends Wrong {
  words: readonly string[];
  readonly: boolean;
  change: (words: string[]) => void;
}

/** What is typed stays as it is typed, with a comma at its end; the menu gets the words alone. */
function Words({ words, findings, readonly, change }: Spoken) {
  const [typed, setTyped] = useState(words.join(", "));
  const type = (value: string) => {
    setTyped(value);
    change(wordsIn(value));
  };
  const shown = wordsIn(typed).join() === words.join() ? typed : words.join(", ");
  return (
    <TextField
      label="Or says (commas between)"
      value={shown}
      findings={findings}
      readonly={readonly}
      change={type}
    />
  );
}

function wordsIn(typed: string): string[] {
  return typed
    .split(",")
    .map((words) => words.trim())
    .filter(Boolean);
}
