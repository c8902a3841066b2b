// Where the rest of a shift can go: the queue, colleagues as they stand, pools. Pure.

import type { Target } from "../../api/presence-routes";
import type { Colleague, Colleagues } from "../../api/routing-types";
import { stanceOf } from "../words";

export interface TargetChoice {
  id: string;
  /** Who it is, in a sentence: "Ben Carter", "Second line", "the queue". */
  name: string;
  /** As the list shows it: "Ben Carter: away, lunch, back at 13:30". */
  label: string;
  /** What becomes of the work. */
  hint: string;
  to: Target;
}

export interface TargetGroups {
  agents: TargetChoice[];
  pools: TargetChoice[];
}

export const QUEUE: TargetChoice = {
  id: "queue",
  name: "the queue",
  label: "The queue",
  hint: "Whoever is free next gets it, each with your note. What is snoozed stays with you.",
  to: { queue: true },
};

export function groupsOf(known: Colleagues | null, now: number): TargetGroups {
  const agents = [...(known?.agents ?? [])].sort((one, other) => rank(one) - rank(other));
  return {
    agents: agents.map((colleague) => agentChoice(colleague, now)),
    pools: (known?.pools ?? []).map(({ id, name }) => ({
      id: `pool ${id}`,
      name,
      label: name,
      hint: `Whoever is free in ${name} gets it, each with your note. What is snoozed stays with you.`,
      to: { pool: id },
    })),
  };
}

export function choiceIn({ agents, pools }: TargetGroups, id: string): TargetChoice {
  return [...agents, ...pools].find((choice) => choice.id === id) ?? QUEUE;
}

const RANKS: Record<string, number> = { ONLINE: 0, AWAY: 1, DRAINING: 2 };

function rank({ presence }: Colleague): number {
  return RANKS[presence] ?? Object.keys(RANKS).length;
}

function agentChoice(colleague: Colleague, now: number): TargetChoice {
  const { id, name, presence } = colleague;
  const stance = stanceOf(colleague, now);
  const alone = presence === "ONLINE" ? "" : ", and nobody else looks after it until they do";
  return {
    id: `agent ${id}`,
    name,
    label: `${name}: ${stance.charAt(0).toLowerCase()}${stance.slice(1)}`,
    hint: `All of it is theirs at once${alone}.`,
    to: { agent: id },
  };
}
