// Whom work can be handed to, and how they stand: asked when somebody is about to.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { explain } from "../../api/errors";
import type { Colleague, Colleagues } from "../../api/routing-types";
import { useApp } from "../../app-context";
import { untilWords } from "./snooze-times";

export interface Known {
  colleagues: Colleagues | null;
  /** Why they are not known, or empty. */
  error: string;
  again: () => void;
}

export function useColleagues(): Known {
  const { api } = useApp();
  const known = useSignal<Omit<Known, "again">>({ colleagues: null, error: "" });
  const again = () => {
    api.colleagues().then(
      (colleagues) => {
        known.value = { colleagues, error: "" };
      },
      (fault: unknown) => {
        known.value = { colleagues: null, error: explain(fault) };
      },
    );
  };
  useEffect(again, []);
  return { ...known.value, again };
}

const STANCES: Record<string, string> = {
  ONLINE: "is online",
  AWAY: "is away",
  OFFLINE: "is offline",
};

/** "Ben Carter is away (Lunch), back at 13:00. It waits for them." */
export function stanceWords({ name, presence, reason, returns_at: back, draining }: Colleague, now: number) {
  const stance = draining ? "is finishing up" : (STANCES[presence] ?? presence.toLowerCase());
  const why = reason ? ` (${reason})` : "";
  const until = back && Date.parse(back) > now ? `, back ${atWords(back, now)}` : "";
  const waits =
    presence === "ONLINE" ? "It is theirs at once." : "It is theirs at once, and nobody else looks after it.";
  return `${name} ${stance}${why}${until}. ${waits}`;
}

/** "at 13:00", "tomorrow 9:00". */
function atWords(iso: string, now: number): string {
  const words = untilWords(iso, now);
  return /^\d/.test(words) ? `at ${words}` : words;
}
