// What is said, in each language that callers may choose: words, or a recording.

import { TextField, type Wrong } from "./fields";
import { type ByLanguage, shortened, spelledOut } from "./prompt";
import type { Prompt, Spoken } from "./types";

interface Properties extends Wrong {
  label: string;
  hint?: string;
  prompt: Prompt | undefined;
  languages: readonly string[];
  readonly: boolean;
  change: (prompt: Prompt) => void;
}

export function PromptField({ label, hint, prompt, languages, findings, readonly, change }: Properties) {
  const [own = "en-US"] = languages;
  const spoken = spelledOut(prompt, own);
  const tags = [...new Set([...languages, ...Object.keys(spoken)])];
  const said = (tag: string, part: Partial<Spoken>) => {
    const next: ByLanguage = { ...spoken, [tag]: { ...spoken[tag], ...part } };
    change(shortened(next, own));
  };
  return (
    <fieldset class="ivr-prompt">
      <legend>{label}</legend>
      {tags.map((tag, index) => (
        <InLanguage
          key={tag}
          tag={tag}
          spoken={spoken[tag] ?? {}}
          hint={index ? undefined : hint}
          findings={index ? [] : findings}
          readonly={readonly}
          change={(part) => said(tag, part)}
        />
      ))}
    </fieldset>
  );
}

interface One extends Wrong {
  tag: string;
  spoken: Spoken;
  hint?: string | undefined;
  readonly: boolean;
  change: (part: Partial<Spoken>) => void;
}

function InLanguage({ tag, spoken, hint, findings, readonly, change }: One) {
  return (
    <>
      <TextField
        label={spoken.audio ? `What the recording says (${tag})` : `Words (${tag})`}
        hint={hint}
        rows={3}
        value={spoken.text ?? ""}
        findings={findings}
        readonly={readonly}
        change={(text) => change({ text })}
      />
      <details open={Boolean(spoken.audio)}>
        <summary>Recording ({tag})</summary>
        <TextField
          label={`Address of the recording (${tag})`}
          hint="Starts with https:// or /sounds/."
          value={spoken.audio ?? ""}
          findings={[]}
          readonly={readonly}
          change={(audio) => change({ audio: audio.trim() })}
        />
      </details>
    </>
  );
}
