import { describe, expect, it } from "vitest";
import {
  dayAndTime,
  dueWords,
  firstProposal,
  momentOf,
  pickerValue,
  refusal,
  theirTime,
} from "../../src/calls/dial/times";
import { numbersOf } from "../../src/calls/dial/numbers";
import { callerName, clock, partyName, partyWords, progress, readable, vouched } from "../../src/calls/words";
import { agent, call, customer } from "../fake/call-facts";
import { conversation, message } from "../fake/company";

const known = call({ id: "CA1", conversation: "c1" });
const now = Date.parse("2026-03-02T09:30:00Z");

describe("a number", () => {
  it.each([
    ["+12025550100", "+1 202 555 0100"],
    ["+4930123456", "+49 301 23456"],
    ["+35312345678", "+353 123 45678"],
    ["+4915112345678", "+49 151 123 45678"],
    ["client:ana", "client:ana"],
    ["", ""],
  ])("%s is read as %s", (number, words) => {
    expect(readable(number)).toBe(words);
  });

  it("that was withheld leaves a caller unknown", () => {
    expect(callerName({ name: "", number: "" })).toBe("Unknown caller");
  });
});

it("only the network's full word vouches for a caller id", () => {
  expect(vouched({ ...known, verified: "A" })).toBe("Caller id verified");
  expect(["B", "C", ""].map((verified) => vouched({ ...known, verified }))).toEqual(
    Array(3).fill("Caller id not verified"),
  );
  expect(vouched({ ...known, verified: "failed" })).toContain("false");
  expect(vouched({ ...known, direction: "outbound" })).toBe("");
});

it("a length of time is counted in minutes, and in hours once there are some", () => {
  expect([7, 750, 3_723, -5].map(clock)).toEqual(["0:07", "12:30", "1:02:03", "0:00"]);
});

it("parties are named as the agent knows them", () => {
  expect(partyName(agent("joined"), "ana")).toBe("You");
  expect(partyName({ ...customer("held"), name: "" }, "ana")).toBe("+1 555 0100");
  expect(partyWords({ ...agent("joined"), muted: true })).toBe("muted");
  expect(partyWords({ ...agent("held"), muted: true })).toBe("on hold");
});

it("a call that is being set up says whose telephone rings", () => {
  expect(progress({ ...known, state: "queued" })).toBe("Connecting your browser first");
  expect(progress({ ...known, state: "offering", device: "phone" })).toBe("Your phone rings first");
  expect(progress({ ...known, state: "dialling" })).toBe("Calling Maria Lopez");
  expect(progress(known)).toBe("");
});

describe("the time of a call-back", () => {
  it("is proposed at a full hour that leaves half an hour", () => {
    const proposal = new Date(firstProposal(now)).getTime();
    expect(proposal % 3_600_000).toBe(0);
    expect(proposal - now).toBeGreaterThanOrEqual(30 * 60_000);
    expect(proposal - now).toBeLessThan(91 * 60_000);
  });

  it("goes through the picker unharmed", () => {
    expect(momentOf(pickerValue(now))).toBe(now);
    expect(momentOf("")).toBeNull();
  });

  it("is said in the customer's own time, with care at night", () => {
    expect(theirTime(now, "America/New_York", "en-US")).toMatch(
      /^Mon 04:30 AM for the customer. They may be/,
    );
    expect(theirTime(now, "Europe/Berlin", "en-GB")).toBe("Mon 10:30 for the customer");
    expect(theirTime(now, null)).toBe("");
  });

  it("cannot be over", () => {
    expect(refusal(now - 1, now)).toContain("over");
    expect(refusal(null, now)).toContain("Choose");
    expect(refusal(now + 1, now)).toBe("");
  });

  it.each([
    ["2026-03-02T09:50:00Z", "in 20 min"],
    ["2026-03-02T09:25:00Z", "since 5 min"],
    ["2026-03-02T12:30:00Z", "in 3 h"],
    ["2026-03-05T09:30:00Z", "in 3 days"],
    ["2026-03-02T09:30:10Z", "now"],
  ])("%s is %s", (due, words) => {
    expect(dueWords(due, now)).toBe(words);
  });

  it("has its day beside it", () => {
    expect(dayAndTime(now, "UTC", "en-GB")).toBe("Mon 09:30");
  });
});

it("a customer's numbers are those they were seen with, each once, their own first", () => {
  const head = conversation({
    id: "c1",
    contact: { id: "ct1", name: "Maria", address: "maria@example.com" },
  });
  const from = (id: string, address: string) =>
    message({ id, author: { kind: "contact", id: address, name: "Maria", address } });
  const messages = [
    from("m1", "+15550100"),
    from("m2", "+15550101"),
    from("m3", "+15550100"),
    from("m4", "x@y.z"),
  ];
  expect(numbersOf(head, messages)).toEqual(["+15550100", "+15550101"]);
  expect(numbersOf({ ...head, call: known }, [])).toEqual(["+15550100"]);
});
