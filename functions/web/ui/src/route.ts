// What the address says: which view, and which conversation of it is open. `#/mine`, `#/mine/c1`.

import type { View } from "./api/types";

export interface Route {
  view: View;
  conversation: string | null;
}

export const VIEWS: readonly View[] = ["mine", "unassigned", "all", "closed"];

/** Anything that is not a route leads to the agent's own work. */
export function parseRoute(hash: string): Route {
  const [view, conversation] = hash.replace(/^#\/?/, "").split("/");
  return { view: VIEWS.find((known) => known === view) ?? "mine", conversation: decoded(conversation) };
}

export function formatRoute({ view, conversation }: Route): string {
  return conversation === null ? `#/${view}` : `#/${view}/${encodeURIComponent(conversation)}`;
}

function decoded(part: string | undefined): string | null {
  try {
    return part ? decodeURIComponent(part) : null;
  } catch {
    return null;
  }
}
