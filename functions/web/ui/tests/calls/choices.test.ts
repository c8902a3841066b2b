import { describe, expect, it } from "vitest";
import { missing, namesOnly, numberIn, options } from "../../src/calls/transfer/choices";
import { TARGETS } from "../fake/call-facts";
import { ANA } from "../fake/company";

const NOW = Date.parse("2026-03-02T09:30:00Z");
const labels = (query: string) => options(TARGETS, query, NOW).map(({ label }) => label);

describe("whom a call can be handed to", () => {
  it("begins with who is free, then the skills, then who is not", () => {
    expect(labels("")).toEqual([
      "Ben Okafor",
      "Anybody with French",
      "Anybody with Billing",
      "Chloé Martin",
      "Dev Patel",
      "Emma Novak",
    ]);
  });

  it("says why somebody would not pick up", () => {
    expect(options(TARGETS, "", NOW).map(({ hint }) => hint)).toEqual([
      "Free now",
      "Nobody free with French yet",
      "2 free",
      "On another call",
      "Away, lunch",
      "Offline",
    ]);
  });

  it("is found by part of a name", () => {
    expect(labels("mart")).toEqual(["Chloé Martin"]);
  });

  it("is the number that was typed, however it was typed", () => {
    expect(options(TARGETS, "+1 (202) 555-0144", NOW)[0]?.to).toEqual({
      agent: null,
      skill: null,
      number: "+12025550144",
    });
    expect(numberIn("0044 20 7946 0000")).toBe("+442079460000");
    expect([numberIn("555-0144"), numberIn("ben")]).toEqual([null, null]);
  });

  it("is known by name before the server has answered, without the agent themselves", () => {
    expect(options(namesOnly(ANA), "", NOW).map(({ label }) => label)).toEqual([
      "Ben Okafor",
      "Chloé Martin",
    ]);
  });
});

describe("a transfer", () => {
  const [ben, french] = options(TARGETS, "", NOW);
  const emma = options(TARGETS, "emma", NOW)[0];

  it("needs somebody, and a note so that the customer need not repeat the story", () => {
    expect(missing(undefined, "cold", "Refund")).toContain("Choose");
    expect(missing(ben, "cold", "  ")).toContain("note");
    expect(missing(ben, "warm", "Refund")).toBe("");
  });

  it("does not go to who is offline", () => {
    expect(missing(emma, "cold", "Refund")).toContain("Emma Novak is offline");
  });

  it("to a skill cannot be talked over first: nobody is there yet", () => {
    expect(missing(french, "warm", "Refund")).toContain("choose a person or a number");
    expect(missing(french, "cold", "Refund")).toBe("");
  });
});
