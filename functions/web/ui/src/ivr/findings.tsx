// What is wrong with the menu, errors first; each line leads to its node.

import { Icon } from "../ui/icon";
import type { Editor } from "./editor";
import type { Finding } from "./types";

export function Findings({ editor }: { editor: Editor }) {
  const { findings } = editor.checked.value;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return (
    <section class="ivr-findings" aria-label="What is wrong">
      <p role="status">
        <Icon name={findings.length ? "warning" : "check"} /> {summary(errors, findings.length - errors)}
      </p>
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.node} ${finding.field} ${finding.problem}`} class={finding.severity}>
            <Line editor={editor} finding={finding} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ editor, finding }: { editor: Editor; finding: Finding }) {
  const { node, field, problem } = finding;
  const select = () => {
    editor.selected.value = node;
  };
  return (
    <>
      {node && (
        <button type="button" class="link" onClick={select}>
          {node}
        </button>
      )}{" "}
      {field && <code>{field}</code>} {problem}
    </>
  );
}

function summary(errors: number, warnings: number): string {
  if (errors) return `${plural(errors, "error")}: it cannot be saved like this.`;
  return warnings ? `${plural(warnings, "warning")}. It can be saved.` : "Nothing is wrong with it.";
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
