// How colleagues stand, where they are listed: asked when the list is opened, shown as it was known until then.

import type { Colleague } from "../api/routing-types";
import type { App } from "../app-context";
import { stanceOf } from "./words";

/** Keeps its line free, so that nothing moves under the pointer when it is known. */
const NOT_KNOWN = "\u00a0";

export function hintOf(colleague: Colleague | undefined, now: number): string {
  return colleague ? stanceOf(colleague, now) : NOT_KNOWN;
}

/** Whom it is given to is told anyway: without an answer the names stand alone. */
export async function readStances({ api, store }: App): Promise<void> {
  const known = await api.colleagues().catch(() => null);
  if (known) store.presence.stances.value = new Map(known.agents.map((agent) => [agent.id, agent]));
}
