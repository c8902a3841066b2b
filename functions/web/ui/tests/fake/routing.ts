// How the fake API routes: what agents move by hand, what it refuses, and why somebody has a conversation.

import type { Colleagues, Routing } from "../../src/api/routing-types";
import type { Conversation } from "../../src/api/types";
import { type Answer, type Asked, error } from "./answers";
import type { FakeApi } from "./api";

const VERBS = ["accept", "decline", "assign", "priority", "escalate", "heated", "snooze", "wake", "routing"];

export const COLLEAGUES: Colleagues = {
  agents: [
    { id: "ben", name: "Ben Okafor", presence: "ONLINE", reason: "", returns_at: null, draining: false },
    {
      id: "chloe",
      name: "Chloé Martin",
      presence: "AWAY",
      reason: "Lunch",
      returns_at: "2026-03-02T10:00:00Z",
      draining: false,
    },
  ],
  pools: [
    { id: "main", name: "Front desk" },
    { id: "over", name: "Second line" },
  ],
};

export function isRouting(verb: string | undefined): boolean {
  return verb !== undefined && VERBS.includes(verb);
}

export function routed(api: FakeApi, head: Conversation, { path, body }: Asked): Answer {
  const { id } = head;
  switch (path[2]) {
    case "routing":
      return { status: 200, body: api.explained.get(id) ?? explanation(head) };
    case "accept":
    case "decline":
      return answered(api, head, path[2], body.offered_until ?? null);
    case "assign":
      return assigned(api, head, body.agent ?? null, body.note ?? "");
    case "priority":
      if (!body.reason) return refused("Say why: the reason stands in the timeline.");
      return api.change(id, {
        band: Number(body.band ?? head.band),
        boost: Number(body.boost ?? head.boost),
      });
    case "escalate":
      if (!body.note) return refused("Write a note.");
      return api.change(id, {
        ...WAITS,
        pool: body.pool ?? null,
        heated: true,
        heat: ["escalated to Second line"],
      });
    case "heated": {
      const heated = Boolean(body.heated);
      return api.change(id, { heated, heat: heated ? ["marked by Ana Ruiz"] : [], heat_by: api.me.id });
    }
    case "snooze":
      if (body.seen !== head.last_visible) return newer();
      return api.change(id, { status: "snoozed", routing: "SNOOZED", snoozed_until: body.until ?? null });
    default:
      return api.change(id, { status: "open", routing: "ASSIGNED", snoozed_until: null });
  }
}

const WAITS: Partial<Conversation> = {
  assignee: null,
  routing: "WAITING",
  status: "open",
  snoozed_until: null,
};

function assigned(api: FakeApi, head: Conversation, agent: string | null, note: string): Answer {
  if (agent === null) return api.change(head.id, WAITS);
  if (agent !== api.me.id && !note.trim()) return refused("Write a note for whoever goes on.");
  const { status } = head;
  const awake = status === "snoozed" ? "open" : status;
  return api.change(head.id, { assignee: agent, routing: "ASSIGNED", status: awake, snoozed_until: null });
}

function answered(api: FakeApi, head: Conversation, answer: string, until: string | null): Answer {
  const stands = head.offered_to === api.me.id && head.offered_until === until;
  if (answer === "accept" && !stands)
    return { status: 409, body: error("conflict", "This is not offered to you any more.") };
  const owner = { offered_to: null, offered_until: null, assignee: api.me.id, routing: "ASSIGNED" };
  return api.change(head.id, answer === "accept" ? owner : { ...owner, ...WAITS });
}

function refused(sentence: string): Answer {
  return { status: 422, body: error("invalid", sentence) };
}

function newer(): Answer {
  return { status: 409, body: error("conflict", "There is a newer message that you have not seen.") };
}

/** An explanation of one that waits, or of one that somebody has. */
export function explanation(head: Conversation, patch: Partial<Routing> = {}): Routing {
  const waits = head.assignee === null;
  return {
    state: head.routing,
    channel: head.channels.at(-1) ?? "email",
    band: head.band,
    boost: head.boost,
    enqueued: waits ? head.last_message_at : null,
    waiting_seconds: waits ? 340 : null,
    sentence: waits
      ? "Nobody can take it now: Ben Okafor has 3 of 3 texts, and Chloé Martin is away (Lunch)."
      : "Ana Ruiz has it. Ana Ruiz was first of 2 who could take it.",
    requires: waits ? { fr: 2 } : {},
    asks: waits ? "French 2" : "",
    step: null,
    pools: [],
    rules: head.rules,
    preferred: null,
    why: waits ? "nobody" : null,
    opens: null,
    candidates: waits ? CANDIDATES : [],
    groups: [],
    coming: [],
    decided: null,
    place: waits ? { position: 3, of: 12, exact: true, words: "3rd of 12 who ask for the same" } : null,
    shared: null,
    expected: null,
    unexpected: waits ? "Fewer than 3 have left this line lately." : "",
    declined: [],
    heated: { heated: head.heated, signs: head.heat, by: head.heat_by },
    ...patch,
  };
}

const CANDIDATES: Routing["candidates"] = [
  { agent: "ben", name: "Ben Okafor", rank: null, refused: "slot", words: "has 3 of 3 texts" },
  { agent: "chloe", name: "Chloé Martin", rank: null, refused: "presence", words: "is away (Lunch)" },
];
