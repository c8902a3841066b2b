// What waiting alone will change, counted down to the second where the second is known. Pure.

import type { Routing } from "../../../api/routing-types";

export interface Coming {
  words: string;
  /** Seconds from when the explanation was given, or null where only words are known. */
  opensIn: number | null;
}

type Waiting = Pick<Routing, "coming" | "step" | "pools">;

export function comingOf(routing: Waiting): Coming[] {
  return routing.coming.map((words) => ({ words, opensIn: secondsOf(words, routing) }));
}

/** Seconds to all that opens by itself. */
export function secondsTo(routing: Waiting): number[] {
  return comingOf(routing).flatMap(({ opensIn }) => opensIn ?? []);
}

/** "In 40 s Second line is asked" as it is some seconds later: "In 0:12 Second line is asked". */
export function counted({ words, opensIn }: Coming, passed: number): string {
  if (opensIn === null) return words;
  const left = Math.max(0, Math.round(opensIn - passed));
  return words.replace(/^In \d+ (s|min|h|days)\b/, left > 0 ? `In ${clock(left)}` : "Now");
}

/** "0:12", "4:05", "1:00:00". */
export function clock(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function secondsOf(words: string, { step, pools }: Waiting): number | null {
  if (words === step?.words) return step.next_in_seconds;
  return pools.find(({ label }) => words.includes(`the pool ${label} `))?.opens_in ?? null;
}
