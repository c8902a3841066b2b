// Whom a call can be handed to, in the order in which an agent would look: decisions only.

import type { Targets, Transfer } from "../../api/call-types";
import type { Me } from "../../api/types";
import { stanceOf } from "../../presence/words";
import { readable } from "../words";

export interface TargetOption {
  id: string;
  label: string;
  /** Whether they are there, and free. */
  hint: string;
  /** Nobody would pick up. */
  away: boolean;
  to: Pick<Transfer, "agent" | "skill" | "number">;
}

const NOBODY = { agent: null, skill: null, number: null };
const RANK = { ONLINE: 1, AWAY: 2, DRAINING: 3, OFFLINE: 4 };

/** Agents who are free first, then teams by skill, then who is busy or away; or the number that was typed. */
export function options(targets: Targets, query: string, now: number): TargetOption[] {
  const number = numberIn(query);
  const wanted = query.trim().toLowerCase();
  const agents = [...targets.agents]
    .sort((one, other) => rank(one) - rank(other))
    .map((agent) => agentOption(agent, now));
  const skills = targets.skills.map(skillOption);
  const free = agents.filter(({ hint }) => hint === FREE);
  const others = agents.filter(({ hint }) => hint !== FREE);
  const named = [...free, ...skills, ...others].filter(({ label }) => label.toLowerCase().includes(wanted));
  return number ? [numberOption(number)] : named;
}

/** What is known without asking: names alone. */
export function namesOnly(me: Me | null): Targets {
  const others = (me?.agents ?? []).filter(({ id }) => id !== me?.id);
  return { agents: others.map((agent) => ({ ...agent, ...FREE_NOW })), skills: [] };
}

/** "+1 (202) 555-0100" as E.164; null for what is no number in international form. */
export function numberIn(text: string): string | null {
  const digits = text.replace(/[\s().\-/]/g, "").replace(/^00/, "+");
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** Why the form cannot go yet; empty when it can. */
export function missing(option: TargetOption | undefined, mode: Transfer["mode"], note: string): string {
  if (!option) return "Choose who takes the call.";
  if (option.away) return `${option.label} is offline. Choose somebody else.`;
  if (mode === "warm" && option.to.skill !== null)
    return "To talk first, choose a person or a number: with a skill nobody is there yet.";
  return note.trim() ? "" : "Write a note, so that the customer need not repeat the story.";
}

const FREE = "Free now";
const FREE_NOW = { presence: "ONLINE", reason: "", returns_at: null, free: true } as const;

function rank({ presence, free }: Targets["agents"][number]): number {
  return presence === "ONLINE" && free ? 0 : RANK[presence];
}

function agentOption(agent: Targets["agents"][number], now: number): TargetOption {
  const { id, name, presence, free } = agent;
  const busy = free ? FREE : "On another call";
  const hint = presence === "ONLINE" ? busy : stanceOf(agent, now);
  const to = { ...NOBODY, agent: id };
  return { id: `agent ${id}`, label: name, hint, away: presence === "OFFLINE", to };
}

function skillOption({ id, name, free }: Targets["skills"][number]): TargetOption {
  const hint = free === 0 ? `Nobody free with ${name} yet` : `${free} free`;
  return {
    id: `skill ${id}`,
    label: `Anybody with ${name}`,
    hint,
    away: false,
    to: { ...NOBODY, skill: id },
  };
}

function numberOption(number: string): TargetOption {
  const label = readable(number);
  return { id: `number ${number}`, label, hint: "Outside number", away: false, to: { ...NOBODY, number } };
}
