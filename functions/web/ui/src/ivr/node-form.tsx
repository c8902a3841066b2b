// Everything about one node, as its kind has it. What is wrong stands beside the field that it is about.

import { useState } from "preact/hooks";
import { Choices } from "./choices";
import { changed, languagesOf, NAME, removed, renamed } from "./document";
import type { Editor } from "./editor";
import { NumberField, Problems, TargetField, TextField } from "./fields";
import { type Field, KINDS } from "./kinds";
import { PromptField } from "./prompt-field";
import { SkillsField } from "./skills-field";
import type { Finding, Menu, Node } from "./types";

interface Properties {
  editor: Editor;
  menu: Menu;
  name: string;
  readonly: boolean;
}

export function NodeForm({ editor, menu, name, readonly }: Properties) {
  const node = menu.nodes[name];
  if (!node) return null;
  const findings = editor.checked.value.findings.filter((found) => found.node === name);
  const { fields, does } = KINDS[node.kind];
  return (
    <form class="ivr-form" aria-label={`Node ${name}`} onSubmit={(event) => event.preventDefault()}>
      <p class="ivr-does">{does}</p>
      <Name {...{ editor, menu, name, readonly }} />
      <Problems findings={findings.filter(({ field }) => field === "" || field === "kind")} />
      {fields.map((field) => (
        <OneField key={keyOf(field)} {...{ editor, menu, name, readonly, node, field, findings }} />
      ))}
      {!readonly && (
        <div class="ivr-form-end">
          <button
            type="button"
            class="button"
            onClick={() => editor.edit({ ...menu, start: name })}
            disabled={menu.start === name}
          >
            {menu.start === name ? "Calls begin here" : "Begin calls here"}
          </button>
          <button type="button" class="button" onClick={() => editor.edit(removed(menu, name))}>
            Remove this node
          </button>
        </div>
      )}
    </form>
  );
}

/** A new name takes effect when the field is left: half a name would be a node of its own. */
function Name({ editor, menu, name, readonly }: Properties) {
  const [typed, setTyped] = useState(name);
  const taken = typed !== name && typed in menu.nodes;
  const problem = taken ? "There is such a node." : NAME.test(typed) ? "" : "Small letters, digits, - and _.";
  const finish = () => {
    if (problem || typed === name) return setTyped(name);
    editor.edit(renamed(menu, name, typed));
    editor.selected.value = typed;
  };
  return (
    <div class="ivr-field">
      <label for="ivr-name">Name</label>
      <input
        id="ivr-name"
        type="text"
        value={typed}
        readOnly={readonly}
        aria-invalid={problem !== ""}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={finish}
      />
      {problem && <span class="ivr-problem error">{problem}</span>}
    </div>
  );
}

interface One extends Properties {
  node: Node;
  field: Field;
  findings: readonly Finding[];
}

function OneField({ editor, menu, name, readonly, node, field, findings }: One) {
  const about = (part: string) => findings.filter((found) => found.field.split(/[.[]/)[0] === part);
  const change = (fields: Partial<Node>, part: string) =>
    editor.edit(changed(menu, name, fields), `${name}.${part}`);
  switch (field.kind) {
    case "choices":
      return <Choices {...{ editor, menu, name, readonly, findings }} />;
    case "skills":
      return (
        <SkillsField
          requires={node.requires ?? {}}
          skills={editor.kept.value?.skills ?? []}
          findings={about("requires")}
          readonly={readonly}
          change={(requires) => change({ requires }, "requires")}
        />
      );
    case "prompt":
      return (
        <PromptField
          {...field}
          prompt={node[field.name]}
          languages={languagesOf(menu)}
          findings={about(field.name)}
          readonly={readonly}
          change={(prompt) => change({ [field.name]: prompt }, field.name)}
        />
      );
    default:
      return (
        <SimpleField {...{ menu, node, field, readonly }} findings={about(field.name)} change={change} />
      );
  }
}

interface Simple {
  menu: Menu;
  node: Node;
  field: Extract<Field, { kind: "target" | "text" | "number" }>;
  findings: readonly Finding[];
  readonly: boolean;
  change: (fields: Partial<Node>, part: string) => void;
}

function SimpleField({ menu, node, field, findings, readonly, change }: Simple) {
  const set = (value: string | number) => change({ [field.name]: value }, field.name);
  const shared = { label: field.label, findings, readonly, change: set };
  if (field.kind === "number")
    return <NumberField {...shared} value={node[field.name] ?? field.usual} most={field.most} />;
  const value = node[field.name] ?? "";
  if (field.kind === "text") return <TextField {...shared} hint={field.hint} value={value} />;
  return <TargetField {...shared} hint={field.hint} value={value} names={Object.keys(menu.nodes)} />;
}

function keyOf(field: Field): string {
  return "name" in field ? field.name : field.kind;
}
