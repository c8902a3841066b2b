// What the address says: which view, and what is open beside it. `#/mine`, `#/mine/c1`, `#/mine/new` for a new mail,
// `#/mine/new-text` for a new text, `#/menus/support` for a voice menu.

import type { View } from "./api/types";

export type Writing = "mail" | "text";

export interface Route {
  view: View;
  conversation: string | null;
  /** A first message is being written. */
  writing?: Writing;
  /** The inbox whose voice menu is looked at; empty for the agent's first. */
  menu?: string;
}

export const VIEWS: readonly View[] = [
  "mine",
  "snoozed",
  "unassigned",
  "call-backs",
  "all",
  "filtered",
  "held",
  "closed",
];
const WRITING: Record<Writing, string> = { mail: "new", text: "new-text" };
const MENUS = "menus";

/** Anything that is not a route leads to the agent's own work. */
export function parseRoute(hash: string): Route {
  const [name, part] = hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((known) => known === name) ?? "mine";
  if (name === MENUS) return { view, conversation: null, menu: decoded(part) ?? "" };
  const writing = (["mail", "text"] as const).find((kind) => WRITING[kind] === part);
  if (writing) return { view, conversation: null, writing };
  return { view, conversation: decoded(part) };
}

export function formatRoute({ view, conversation, writing }: Route): string {
  if (writing) return `#/${view}/${WRITING[writing]}`;
  return conversation === null ? `#/${view}` : `#/${view}/${encodeURIComponent(conversation)}`;
}

export function formatMenuRoute(inbox: string): string {
  return `#/${MENUS}/${encodeURIComponent(inbox)}`;
}

function decoded(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null;
  } catch {
    return null;
  }
}
