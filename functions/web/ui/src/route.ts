// What the address says: which view, and what is open beside it. `#/mine`, `#/mine/c1`, `#/mine/new` for a new mail,
// `#/menus/support` for a voice menu.

import type { View } from "./api/types";

export interface Route {
  view: View;
  conversation: string | null;
  /** A new mail is being written. */
  writing?: boolean;
  /** The inbox whose voice menu is looked at; empty for the agent's first. */
  menu?: string;
}

export const VIEWS: readonly View[] = [
  "mine",
  "unassigned",
  "call-backs",
  "all",
  "filtered",
  "held",
  "closed",
];
const WRITING = "new";
const MENUS = "menus";

/** Anything that is not a route leads to the agent's own work. */
export function parseRoute(hash: string): Route {
  const [name, part] = hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((known) => known === name) ?? "mine";
  if (name === MENUS) return { view, conversation: null, menu: decoded(part) ?? "" };
  if (part === WRITING) return { view, conversation: null, writing: true };
  return { view, conversation: decoded(part) };
}

export function formatRoute({ view, conversation, writing = false }: Route): string {
  if (writing) return `#/${view}/${WRITING}`;
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
