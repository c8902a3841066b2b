import { describe, expect, it } from "vitest";
import type { Call } from "../../src/api/call-types";
import { consulted, isOn, roleOf, secondsUntil } from "../../src/calls/roles";
import { agent, call, customer } from "../fake/call-facts";

const now = Date.parse("2026-03-02T09:30:00Z");
const made = (patch: Partial<Call>) => call({ id: "CA1", conversation: "c1", ...patch });
const role = (patch: Partial<Call>) => roleOf(made(patch), "ana", now);

describe("a call, to the agent at this screen,", () => {
  it("rings when it is offered to them", () => {
    expect(role({ state: "offering", parties: [agent("ringing")] })).toBe("offer");
  });

  it("is nothing while it rings at a colleague, even after it rang here", () => {
    expect(role({ state: "offering", agent: "ben", parties: [agent("left")] })).toBeNull();
  });

  it("is on from the first moment when they asked for it", () => {
    expect(role({ state: "queued", purpose: "dial", direction: "outbound" })).toBe("talk");
    expect(role({ state: "dialling", purpose: "dial", direction: "outbound" })).toBe("talk");
  });

  it("rings first when it is a call-back that is due", () => {
    expect(role({ state: "offering", purpose: "call_back", direction: "outbound" })).toBe("offer");
  });

  it("is on while they are on the line, whoever has it", () => {
    expect(role({ agent: "ben", parties: [agent("joined", "consult-1")] })).toBe("talk");
  });

  it("is a question while a colleague rings them in", () => {
    expect(role({ agent: "ben", parties: [agent("ringing", "consult-1")] })).toBe("asked");
  });

  it.each([
    ["in its time", "2026-03-02T09:30:20Z", "wrap"],
    ["after it", "2026-03-02T09:29:59Z", null],
  ] as const)("is after-call work %s", (_when, wrap_until, expected) => {
    expect(role({ state: "completed", wrap_until, can: ["wrap_up"] })).toBe(expected);
  });

  it("is over for whoever is done with it", () => {
    expect(role({ state: "completed", can: [] })).toBeNull();
  });
});

it("hold, mute and recording are read off the parties and the call", () => {
  const held = made({
    parties: [customer("held"), { ...agent("joined"), muted: true }],
    recording: "paused",
  });
  expect([isOn(held, "hold", "ana"), isOn(held, "mute", "ana"), isOn(held, "recording", "ana")]).toEqual([
    true,
    true,
    false,
  ]);
});

it("who was asked in and has left is asked in no more", () => {
  const parties = [
    customer("held"),
    agent("left", "consult-1", "ben"),
    agent("ringing", "consult-2", "chloe"),
  ];
  expect(consulted(made({ parties }))?.id).toBe("chloe");
  expect(consulted(made({ parties: parties.slice(0, 2) }))).toBeUndefined();
});

it("seconds are counted up to the whole one and never below zero", () => {
  expect(secondsUntil("2026-03-02T09:30:10.200Z", now)).toBe(11);
  expect(secondsUntil("2026-03-02T09:29:00Z", now)).toBe(0);
  expect(secondsUntil(null, now)).toBeNull();
});
