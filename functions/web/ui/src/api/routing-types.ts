// The facts of routing as the HTTP API sends and takes them: why somebody has a conversation, and what moves it by hand.

import type { Named } from "./types";

/** What keeps an agent from a conversation; "outside": they do not work in its inbox. */
export type Refusal =
  "presence" | "channel" | "pool" | "skill" | "excluded" | "slot" | "units" | "blocked" | "outside";

export interface Person {
  agent: string;
  name: string;
}

export interface Candidate extends Person {
  /** From 1 among those who can take it now; null for whom a rule keeps from it. */
  rank: number | null;
  refused: Refusal | null;
  /** Goes behind the name. */
  words: string;
}

/** How many agents the same is said of. */
export interface CandidateGroup {
  refused: Refusal | null;
  count: number;
  words: string;
  names: string[];
}

export interface StepAhead {
  index: number;
  next_in_seconds: number;
  next_requires: Record<string, number>;
  words: string;
}

export interface PoolStanding {
  name: string;
  label: string;
  open: boolean;
  /** Seconds; null once it is asked. */
  opens_in: number | null;
}

/** The latest decision as it was stored; without an agent it went on waiting. */
export interface Decision {
  at: string;
  agent: string | null;
  name: string | null;
  why: "hours" | "preferred" | "nobody" | null;
  sentence: string;
  order: Person[];
  refused: (Person & { refused: Refusal; words: string })[];
}

/** Why a conversation has its agent, or none yet. */
export interface Routing {
  state: string;
  channel: string;
  band: number;
  boost: number;
  enqueued: string | null;
  waiting_seconds: number | null;
  /** The answer in one sentence. */
  sentence: string;
  requires: Record<string, number>;
  /** The same in words, or empty. */
  asks: string;
  step: StepAhead | null;
  pools: PoolStanding[];
  /** The intake rules that matched. */
  rules: string[];
  preferred: (Person & { until: string }) | null;
  why: "hours" | "preferred" | "nobody" | null;
  opens: string | null;
  candidates: Candidate[];
  groups: CandidateGroup[];
  /** What waiting alone will change. */
  coming: string[];
  decided: Decision | null;
  place: { position: number | null; of: number; exact: boolean; words: string } | null;
  shared: { lines: number; waiting: number; exact: boolean; words: string } | null;
  expected: { least_minutes: number; most_minutes: number; words: string; basis: string } | null;
  /** Why nothing is expected while it waits, or empty. */
  unexpected: string;
  declined: (Person & { at: string })[];
  heated: { heated: boolean; signs: string[]; by: string };
}

/** Somebody who shares an inbox with the agent, and how they stand. */
export interface Colleague extends Named {
  presence: string;
  reason: string;
  returns_at: string | null;
  /** They finish what they have, and get nothing new. */
  draining: boolean;
}

export interface Colleagues {
  agents: Colleague[];
  pools: Named[];
}

/** Another place in the order; null leaves the band, or the seconds of age on top, as it is. */
export interface Priority {
  band: number | null;
  boost: number | null;
  reason: string;
}
