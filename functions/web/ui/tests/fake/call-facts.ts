// Facts of telephone calls for the fake API and the tests: one call, its parties, what Ana may do, whom she can ask.

import type { Call, CallRight, Party, Targets } from "../../src/api/call-types";

const WRAP_MS = 30_000;

export function call(patch: Partial<Call> & { id: string; conversation: string }): Call {
  return {
    direction: "inbound",
    state: "in_progress",
    inbox: "store",
    number: "+15550100",
    name: "Maria Lopez",
    our_number: "+15550199",
    agent: "ana",
    choice: "Orders",
    queued_at: new Date(Date.now() - 140_000).toISOString(),
    answered_at: null,
    ended_at: null,
    wrap_until: null,
    due: null,
    tries: 0,
    parties: [],
    recording: "off",
    problem: "",
    device: "browser",
    can: [],
    offer_expires: null,
    verified: "",
    handover: null,
    purpose: "",
    ...patch,
  };
}

export function customer(state: Party["state"]): Party {
  return { label: "customer", kind: "customer", id: "+15550100", name: "Maria Lopez", state, muted: false };
}

export function agent(state: Party["state"], label = "agent-1", id = "ana", name = "Ana Ruiz"): Party {
  return { label, kind: "agent", id, name, state, muted: false };
}

/** What Ana may do with a call as it is. */
export function rights(call: Call): CallRight[] {
  if (call.state === "offering" && call.purpose !== "dial") return ["decline"];
  if (call.state === "planned" || call.state === "queued") return ["cancel"];
  if (call.state === "completed") return call.wrap_until ? ["wrap_up"] : [];
  if (call.state !== "in_progress") return ["hang_up"];
  const asked = call.parties.find(({ label, state }) => label.startsWith("consult") && state !== "left");
  const consult: CallRight[] = asked?.state === "joined" ? ["consult_complete", "consult_merge"] : [];
  const record: CallRight[] = call.recording === "off" ? [] : ["recording"];
  return [
    ...(asked ? (["consult_cancel", ...consult] as const) : (["transfer", "hold"] as const)),
    ...record,
    "mute",
    "hang_up",
  ];
}

/** What comes of asking somebody in. */
export function consulted(call: Call, action: string): Call {
  if (action === "complete") return ended(call);
  const back = action === "cancel" ? "left" : "joined";
  const parties = call.parties.map((party) => {
    if (party.label.startsWith("consult"))
      return { ...party, label: action === "merge" ? "third" : party.label, state: back as Party["state"] };
    return party.kind === "customer" ? { ...party, state: "joined" as const } : party;
  });
  return { ...call, parties };
}

export function ended(call: Call): Call {
  const parties = call.parties.map((party) => ({ ...party, state: "left" as const }));
  return {
    ...call,
    state: "completed",
    parties,
    ended_at: new Date().toISOString(),
    wrap_until: new Date(Date.now() + WRAP_MS).toISOString(),
  };
}

export const TARGETS: Targets = {
  agents: [
    { id: "ben", name: "Ben Okafor", presence: "ONLINE", reason: "", returns_at: null, free: true },
    { id: "chloe", name: "Chloé Martin", presence: "ONLINE", reason: "", returns_at: null, free: false },
    { id: "dev", name: "Dev Patel", presence: "AWAY", reason: "Lunch", returns_at: null, free: true },
    { id: "emma", name: "Emma Novak", presence: "OFFLINE", reason: "", returns_at: null, free: true },
  ],
  skills: [
    { id: "french", name: "French", free: 0 },
    { id: "billing", name: "Billing", free: 2 },
  ],
};
