// What an agent still has, what they have snoozed too: kept true while it is looked at.

import { useEffect } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { loadList } from "../../inbox/loading";
import { heldIds } from "../held";

export interface Rest {
  heads: Conversation[];
  loading: boolean;
  /** Why it is not known, or empty. */
  error: string;
  again: () => void;
}

export function useRest(): Rest {
  const app = useApp();
  const { conversations, lists } = app.store;
  const { mine, snoozed } = lists;
  const held = heldIds(app.store);
  const again = () => {
    if (mine.value.phase !== "ready") void loadList(app, "mine");
    void loadList(app, "snoozed");
  };
  useEffect(again, [held.join(" ")]);
  const both = [mine.value, snoozed.value];
  const ids = [...new Set([...held, ...snoozed.value.ids])];
  return {
    heads: ids.flatMap((id) => conversations.value.get(id) ?? []),
    loading: both.some(({ phase }) => phase === "loading"),
    error: both.find(({ phase }) => phase === "failed")?.error ?? "",
    again,
  };
}
