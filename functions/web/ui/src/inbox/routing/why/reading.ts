// Keeps an explanation true while it is looked at: read again when the conversation changes, when something was to
// open, and every quarter of a minute.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { explain } from "../../../api/errors";
import type { Routing } from "../../../api/routing-types";
import type { Conversation } from "../../../api/types";
import { useApp } from "../../../app-context";
import { secondsTo } from "./coming";

const EVERY_MS = 15_000;
/** What opens on the second is there a moment later. */
const AFTER_MS = 400;

export interface Reading {
  routing: Routing | null;
  /** Milliseconds since the epoch at which it was true. */
  at: number;
  /** Why the latest look failed, or empty. */
  error: string;
  again: () => void;
}

export function useRouting(conversation: Conversation): Reading {
  const { api } = useApp();
  const { id } = conversation;
  const reading = useSignal<Omit<Reading, "again">>({ routing: null, at: 0, error: "" });
  const latest = useRef(0);
  const again = () => {
    latest.current += 1;
    const look = latest.current;
    api.routing(id).then(
      (routing) => {
        if (look === latest.current) reading.value = { routing, at: Date.now(), error: "" };
      },
      (fault: unknown) => {
        if (look === latest.current) reading.value = { ...reading.value, error: explain(fault) };
      },
    );
  };
  useEffect(again, [id, standingOf(conversation)]);
  useEffect(() => whileLookedAt(again, waitOf(reading.value.routing)), [reading.value]);
  return { ...reading.value, again };
}

/** What of a head changes the explanation. */
function standingOf({
  routing,
  assignee,
  band,
  boost,
  pool,
  heated,
  snoozed_until: until,
  ...head
}: Conversation) {
  return [routing, assignee, band, boost, pool, heated, until, head.channels.at(-1), head.waiting_since].join(
    " ",
  );
}

function waitOf(routing: Routing | null): number {
  const soonest = Math.min(...(routing ? secondsTo(routing) : []));
  return Math.max(1000, Math.min(EVERY_MS, soonest * 1000 + AFTER_MS));
}

/** Nobody looks at a page in the background. */
function whileLookedAt(again: () => void, wait: number): () => void {
  const timer = setInterval(() => document.visibilityState !== "hidden" && again(), wait);
  return () => clearInterval(timer);
}
