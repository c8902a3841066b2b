// What an editor does to a menu: every step answers a new menu and leaves the old one as it was. Pure.

import { blank } from "./kinds";
import type { Choice, Kind, Menu, Node } from "./types";

const TARGETS = ["to", "otherwise", "no_input", "open", "closed", "holiday"] as const;
const KEYS = "123456789*0#";
export const NAME = /^[a-z][a-z0-9_-]{0,31}$/;

/** A first menu: it takes a message, so that nobody is lost. */
export const FIRST: Menu = {
  start: "message",
  language: "en-US",
  nodes: { message: { kind: "voicemail", prompt: "Please leave a message after the tone." } },
};

export function withNode(menu: Menu, name: string, node: Node): Menu {
  return { ...menu, nodes: { ...menu.nodes, [name]: node } };
}

export function changed(menu: Menu, name: string, fields: Partial<Node>): Menu {
  const node = menu.nodes[name];
  return node ? withNode(menu, name, pruned({ ...node, ...fields })) : menu;
}

/** A new node under a name that is free. */
export function added(menu: Menu, kind: Kind): { menu: Menu; name: string } {
  const stem = kind.replace("_", "-");
  let name = stem;
  for (let number = 2; name in menu.nodes; number += 1) name = `${stem}-${number}`;
  return { menu: withNode(menu, name, blank(kind)), name };
}

/** Whatever led to the node leads nowhere: that is found, and shown where it is. */
export function removed(menu: Menu, name: string): Menu {
  const nodes = Object.entries(menu.nodes).filter(([each]) => each !== name);
  return retargeted({ ...menu, nodes: Object.fromEntries(nodes) }, name, "");
}

/** The same node under another name, with everything that leads to it; in its place in the list. */
export function renamed(menu: Menu, name: string, to: string): Menu {
  if (!NAME.test(to) || to in menu.nodes) return menu;
  const nodes = Object.entries(menu.nodes).map(([each, node]) => [each === name ? to : each, node]);
  return retargeted({ ...menu, nodes: Object.fromEntries(nodes) }, name, to);
}

export function withChoice(menu: Menu, name: string): Menu {
  const choices = menu.nodes[name]?.choices ?? [];
  const free = [...KEYS].find((key) => !choices.some(({ digit }) => digit === key)) ?? "1";
  return changed(menu, name, { choices: [...choices, { digit: free, label: "", to: "" }] });
}

export function changedChoice(menu: Menu, name: string, at: number, fields: Partial<Choice>): Menu {
  const choices = (menu.nodes[name]?.choices ?? []).map((each, index) =>
    index === at ? prunedChoice({ ...each, ...fields }) : each,
  );
  return changed(menu, name, { choices });
}

export function withoutChoice(menu: Menu, name: string, at: number): Menu {
  const choices = (menu.nodes[name]?.choices ?? []).filter((_, index) => index !== at);
  return changed(menu, name, { choices });
}

/** The languages that callers may hear: the menu's own first. */
export function languagesOf(menu: Menu): string[] {
  const chosen = Object.values(menu.nodes).flatMap(({ kind, language }) =>
    kind === "language" && language ? [language] : [],
  );
  return [...new Set([menu.language ?? "en-US", ...chosen])];
}

function retargeted(menu: Menu, from: string, to: string): Menu {
  const nodes = Object.entries(menu.nodes).map(([name, node]) => [name, leadingTo(node, from, to)]);
  return { ...menu, start: menu.start === from ? to : menu.start, nodes: Object.fromEntries(nodes) };
}

function leadingTo(node: Node, from: string, to: string): Node {
  const moved = TARGETS.filter((field) => node[field] === from).map((field) => [field, to]);
  const choices = node.choices?.map((choice) => (choice.to === from ? { ...choice, to } : choice));
  return { ...node, ...Object.fromEntries(moved), ...(choices ? { choices } : {}) };
}

/** Fields that say nothing are left out, as in a file that a person writes. */
function pruned(node: Node): Node {
  const kept = Object.entries(node).filter(([field, value]) => field === "kind" || !isNothing(value));
  return Object.fromEntries(kept) as unknown as Node;
}

function prunedChoice(choice: Choice): Choice {
  const { words, ...rest } = choice;
  return words?.length ? { ...rest, words } : rest;
}

function isNothing(value: unknown): boolean {
  if (value === "" || value === undefined) return true;
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Object.keys(value).length;
}
