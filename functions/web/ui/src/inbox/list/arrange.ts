// Which rows a list shows and in what order: pure, so that "nothing jumps under the pointer" can be tested.

import type { Conversation, View } from "../../api/types";
import type { List } from "../../store";

/** Whether a conversation stands in a view of this agent. */
export function belongs(view: View, conversation: Conversation, agent: string): boolean {
  if (view === "held" || view === "call-backs" || conversation.merged_into) return false;
  const closed = conversation.status === "closed";
  const filtered = closed && (conversation.kind ?? "human") !== "human";
  if (view === "filtered" || filtered) return view === "filtered" && filtered;
  if (view === "closed" || closed) return view === "closed" && closed;
  const mine = (conversation.assignee ?? conversation.offered_to) === agent;
  const snoozed = conversation.status === "snoozed";
  if (view === "mine" || view === "snoozed") return mine && snoozed === (view === "snoozed");
  return view === "all" || conversation.assignee === null;
}

interface Fresh {
  /** The first page as the server orders it now. */
  ids: readonly string[];
  next: string | null;
  /** Ids known to have changed: one that is loaded and no longer on the first page may have left the view. */
  changed: ReadonlySet<string>;
}

/** Join a fresh first page with the rows below it. A held list keeps its rows and announces the others. */
export function refreshed(list: List, fresh: Fresh, held: boolean): List {
  const onPage = new Set(fresh.ids);
  const stays = (id: string) => !onPage.has(id) && !fresh.changed.has(id);
  const below = fresh.next === null ? [] : list.ids.filter(stays);
  const ids = [...fresh.ids, ...below];
  if (held && list.ids.length > 0) {
    const shown = new Set(list.ids);
    return { ...list, arrived: ids.filter((id) => !shown.has(id)), stale: true };
  }
  return {
    ids,
    arrived: [],
    stale: false,
    next: below.length ? list.next : fresh.next,
    phase: "ready",
    error: "",
  };
}

/** After the agent's own action the row moves at once, wherever the pointer is. */
export function placed(list: List, id: string, belongsHere: boolean): List {
  const others = list.ids.filter((other) => other !== id);
  if (!belongsHere) return { ...list, ids: others, arrived: list.arrived.filter((other) => other !== id) };
  return list.ids.includes(id) ? list : { ...list, ids: [id, ...list.ids] };
}

/** The row before or after; from nowhere, the first. `at` is where the open one stood before it left the list. */
export function neighbour(
  ids: readonly string[],
  open: string | null,
  by: 1 | -1,
  at: number,
): string | null {
  const index = open === null ? -1 : ids.indexOf(open);
  if (index >= 0) return ids[index + by] ?? ids[index] ?? null;
  if (open === null) return ids[0] ?? null;
  return ids[Math.min(Math.max(by > 0 ? at : at - 1, 0), ids.length - 1)] ?? null;
}
