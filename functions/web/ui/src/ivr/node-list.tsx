// The menu as a list: every node, what it does, and where it leads. Arrow keys move, and each way leads on.

import { markOf } from "./diagram";
import type { Editor } from "./editor";
import { KINDS } from "./kinds";
import type { Menu, Node } from "./types";

export function NodeList({ editor, menu }: { editor: Editor; menu: Menu }) {
  const names = inOrder(menu);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".ivr-row")];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (!step || at < 0) return;
    event.preventDefault();
    rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
  };
  return (
    <nav class="ivr-list" aria-label="Nodes" onKeyDown={move}>
      <ol>
        {names.map((name) => (
          <Row key={name} {...{ editor, menu, name }} />
        ))}
      </ol>
    </nav>
  );
}

function Row({ editor, menu, name }: { editor: Editor; menu: Menu; name: string }) {
  const node = menu.nodes[name];
  const mark = markOf(editor.checked.value.findings, name);
  const current = editor.selected.value === name;
  if (!node) return null;
  const select = (to: string) => () => {
    editor.selected.value = to;
  };
  return (
    <li>
      <button
        type="button"
        class="ivr-row"
        aria-current={current ? "true" : undefined}
        onClick={select(name)}
      >
        <strong>{name}</strong> <span>{KINDS[node.kind].name}</span>
        {menu.start === name && <span class="ivr-mark">calls begin here</span>}
        {mark && <span class={`ivr-mark ${mark}`}>{mark === "error" ? "wrong" : "to look at"}</span>}
      </button>
      {current && (
        <ul class="ivr-ways">
          {waysOf(node).map(([label, to]) => (
            <li key={`${label} ${to}`}>
              {label} →{" "}
              {to in menu.nodes ? (
                <button type="button" class="link" onClick={select(to)}>
                  {to}
                </button>
              ) : (
                <em>{to || "nowhere"}</em>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Where a node leads, in words. */
export function waysOf(node: Node): [string, string][] {
  const choices = (node.choices ?? []).map(({ digit, label, to }): [string, string] => [
    `${digit} ${label}`,
    to,
  ]);
  const others = KINDS[node.kind].fields.flatMap((field): [string, string][] => {
    if (field.kind !== "target") return [];
    const to = node[field.name] ?? "";
    return to || !field.hint ? [[field.label, to]] : [];
  });
  return [...choices, ...others];
}

/** The start first, then whatever it leads to, nearest first; what nobody reaches comes last. */
export function inOrder(menu: Menu): string[] {
  const found = menu.start in menu.nodes ? [menu.start] : [];
  for (const name of found) {
    const node = menu.nodes[name];
    for (const [, to] of node ? waysOf(node) : [])
      if (to in menu.nodes && !found.includes(to)) found.push(to);
  }
  return [...found, ...Object.keys(menu.nodes).filter((name) => !found.includes(name))];
}
