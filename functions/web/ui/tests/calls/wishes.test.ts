import { describe, expect, it } from "vitest";
import { looksOn, stillOpen, WISH_PATIENCE_MS, wishKey } from "../../src/calls/wishes";
import { agent, call, customer } from "../fake/call-facts";

const at = 1_000_000;
const talking = call({ id: "CA1", conversation: "c1", parties: [customer("joined"), agent("joined")] });
const held = { ...talking, parties: [customer("held"), agent("joined")] };
const wishes = new Map([[wishKey("CA1", "hold"), { on: true, at, problem: "" }]]);

describe("what the agent has asked for", () => {
  it("looks done at once", () => {
    expect(looksOn(talking, "hold", "ana", new Map())).toBe(false);
    expect(looksOn(talking, "hold", "ana", wishes)).toBe(true);
  });

  it("stays through a reading that does not know of it yet", () => {
    expect(stillOpen(wishes, talking, "ana", at + 2_000).size).toBe(1);
  });

  it("is forgotten once it is so", () => {
    expect(stillOpen(wishes, held, "ana", at + 2_000).size).toBe(0);
  });

  it("gives way to what went wrong since, and to time", () => {
    expect(stillOpen(wishes, { ...talking, problem: "Twilio refused." }, "ana", at + 10).size).toBe(0);
    expect(stillOpen(wishes, talking, "ana", at + WISH_PATIENCE_MS).size).toBe(0);
  });

  it("of one call is not touched by another", () => {
    expect(stillOpen(wishes, { ...held, id: "CA2" }, "ana", at + WISH_PATIENCE_MS).size).toBe(1);
  });
});
