// The voice menus of the fake API: versions, the check, and a colleague who may be faster.

import type { Checked, Finding, Kept, Menu } from "../../src/ivr/types";
import { type Answer, type Asked, error, missing } from "./answers";

export const MENU: Menu = {
  start: "main",
  language: "en-US",
  nodes: {
    main: {
      kind: "menu",
      prompt: "For a bill, press 1. Para español, 2.",
      choices: [
        { digit: "1", label: "billing", to: "bills", words: ["bill"] },
        { digit: "2", label: "Spanish", to: "spanish" },
      ],
      otherwise: "bills",
    },
    bills: { kind: "queue", label: "bill", requires: { billing: 1 } },
    spanish: { kind: "language", language: "es-US", to: "bills" },
  },
};

export class FakeMenus {
  menu: Menu | null = structuredClone(MENU);
  role = "admin";
  by: Kept["edit"] = null;
  private stored = 1;

  /** A colleague stores a menu. */
  overtake(menu: Menu): void {
    this.store(menu, "Kim Berg");
  }

  answer({ method, path, body }: Asked): Answer {
    if (path[2] !== "ivr" || path[1] !== "support") return missing();
    const draft = body.menu as unknown as Menu | null;
    if (method === "POST") return { status: 200, body: this.checked(draft) };
    if (method === "GET") return { status: 200, body: this.kept() };
    if (this.role !== "admin")
      return { status: 403, body: error("forbidden", "Voice menus are changed by admins.") };
    if (body.version !== this.version)
      return { status: 409, body: error("conflict", "Kim Berg has changed this menu meanwhile.") };
    const wrong = findingsOf(draft);
    if (wrong.length)
      return { status: 422, body: error("menu_errors", `${wrong[0]?.node}: ${wrong[0]?.problem}.`) };
    this.store(draft, "Ana Ruiz");
    return { status: 200, body: this.kept() };
  }

  private get version(): string {
    return `v${this.stored}`;
  }

  private store(menu: Menu | null, name: string): void {
    this.menu = menu;
    this.by = { by: "a", name, at: "2026-03-02T09:25:00Z" };
    this.stored += 1;
  }

  private kept(): Kept {
    const whose = { inbox: "support", name: "Support", version: this.version, edit: this.by };
    const can = { can_edit: this.role === "admin", skills: ["billing", "en"] };
    return { ...whose, ...can, menu: this.menu, ...this.checked(this.menu) };
  }

  private checked(menu: Menu | null): Checked {
    return { findings: findingsOf(menu), drawing: menu && drawn(menu) };
  }
}

/** Only what leads nowhere: the real check is the server's. */
function findingsOf(menu: Menu | null): Finding[] {
  const nodes = menu?.nodes ?? {};
  const lost = (node: string, field: string, to: string | undefined): Finding[] =>
    to && to in nodes ? [] : [{ severity: "error", node, field, problem: `it leads to “${to ?? ""}”` }];
  return Object.entries(nodes).flatMap(([name, node]) => [
    ...(node.choices ?? []).flatMap((choice, at) => lost(name, `choices[${at}].to`, choice.to)),
    ...(node.kind === "menu" ? lost(name, "otherwise", node.otherwise) : []),
    ...(node.kind === "language" || node.kind === "say" ? lost(name, "to", node.to) : []),
  ]);
}

function drawn(menu: Menu): NonNullable<Checked["drawing"]> {
  const boxes = Object.entries(menu.nodes).map(([name, { kind }], at) => {
    return { name, kind, summary: `${kind} of the test`, x: 24 + at * 280, y: 24, layer: at };
  });
  const path = "M208,52 C256,52 256,52 304,52";
  const arrow = { label: "1", path, x: 214, y: 48, chosen: true, back: false };
  const arrows = boxes.slice(1).map(({ name }) => ({ ...arrow, source: boxes[0]?.name ?? "", to: name }));
  return { width: 900, height: 140, box_width: 184, box_height: 56, boxes, arrows };
}
