// The words that go with a step: yellow where colleagues read them as a note.

import type { Signal } from "@preact/signals";

const LONGEST = 2000;

interface Props {
  label: string;
  placeholder: string;
  words: Signal<string>;
  submit: (event: Event) => unknown;
  /** Where the words are read. */
  hint: string;
}

export function NoteField({ label, placeholder, words, submit, hint }: Props) {
  return (
    <label class="call-field">
      {label}
      <textarea
        class="noted"
        name="note"
        rows={3}
        maxLength={LONGEST}
        required
        value={words.value}
        placeholder={placeholder}
        onInput={({ currentTarget: { value } }) => {
          words.value = value;
        }}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && submit(event)}
      />
      <small>{hint} Ctrl + Enter sends.</small>
    </label>
  );
}

/** The keyboard goes where the words are missing. */
export function lacking(words: string, sentence: string): string {
  if (words.trim()) return "";
  document.querySelector<HTMLElement>("dialog[open] [name=note]")?.focus();
  return sentence;
}
