// What holds for the whole menu: where calls begin, the language and its voices, and the words before the tone.

import { languagesOf } from "./document";
import type { Editor } from "./editor";
import { TargetField, TextField, type Wrong } from "./fields";
import { PromptField } from "./prompt-field";
import type { Menu } from "./types";

export function Settings({ editor, menu, readonly }: { editor: Editor; menu: Menu; readonly: boolean }) {
  const about = (field: string) =>
    editor.checked.value.findings.filter((found) => found.node === "" && found.field.startsWith(field));
  const change = (fields: Partial<Menu>, part: string) => editor.edit({ ...menu, ...fields }, part);
  return (
    <details class="ivr-settings">
      <summary>The whole menu</summary>
      <TargetField
        label="Calls begin at"
        value={menu.start}
        names={Object.keys(menu.nodes)}
        findings={about("start")}
        readonly={readonly}
        change={(start) => change({ start }, "start")}
      />
      <TextField
        label="Language"
        hint="Such as en-US."
        value={menu.language ?? "en-US"}
        findings={about("language")}
        readonly={readonly}
        change={(language) => change({ language: language.trim() }, "language")}
      />
      <Voices menu={menu} findings={about("voices")} readonly={readonly} change={change} />
      <PromptField
        label="Before a message is recorded"
        hint="Empty: our own words."
        prompt={menu.voicemail}
        languages={languagesOf(menu)}
        findings={about("voicemail")}
        readonly={readonly}
        change={(voicemail) => change({ voicemail }, "voicemail")}
      />
    </details>
  );
}

interface VoicesOf extends Wrong {
  menu: Menu;
  readonly: boolean;
  change: (fields: Partial<Menu>, part: string) => void;
}

/** A provider's voice for each language; the usual one where none is named. */
function Voices({ menu, findings, readonly, change }: VoicesOf) {
  const named = (tag: string, name: string) => {
    const voices = Object.entries({ ...menu.voices, [tag]: name.trim() }).filter(([, voice]) => voice);
    change({ voices: Object.fromEntries(voices) }, `voice ${tag}`);
  };
  return languagesOf(menu).map((tag) => (
    <TextField
      key={tag}
      label={`Voice (${tag})`}
      hint="A name of Twilio's, such as Polly.Joanna-Neural. Empty: the usual voice."
      value={menu.voices?.[tag] ?? ""}
      findings={findings}
      readonly={readonly}
      change={(name) => named(tag, name)}
    />
  ));
}
