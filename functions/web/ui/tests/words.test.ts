import { describe, expect, it } from "vitest";
import { eventWords } from "../src/inbox/thread/events";
import { formatRoute, parseRoute } from "../src/route";
import { sizeOf } from "../src/ui/size";
import { ago, dayOf, lasting } from "../src/ui/time";

const now = new Date(2026, 2, 12, 15, 0).getTime();
const before = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe("a time", () => {
  it.each([
    [0, "now"],
    [4, "4 min"],
    [59, "59 min"],
    [60, "1 h"],
    [60 * 24 * 2, "Tue"],
    [60 * 24 * 30, "Feb 10"],
  ])("%i minutes ago is said as %s", (minutes, words) => {
    expect(ago(before(minutes), now, "en-US")).toBe(words);
  });

  it("of waiting is never less than a minute and never negative", () => {
    expect([lasting(before(0), now), lasting(before(-5), now), lasting(before(60 * 72), now)]).toEqual([
      "1 min",
      "1 min",
      "3 days",
    ]);
  });

  it("belongs to a day that has a name", () => {
    expect(dayOf(before(60), now)).toBe("Today");
    expect(dayOf(before(60 * 20), now)).toBe("Yesterday");
    expect(dayOf(before(60 * 24 * 400), now, "en-US")).toContain("2025");
  });
});

describe("an address", () => {
  it.each([
    ["#/mine", { view: "mine", conversation: null }],
    ["#/all/c%2F1", { view: "all", conversation: "c/1" }],
    ["", { view: "mine", conversation: null }],
    ["#/nowhere/c1", { view: "mine", conversation: "c1" }],
    ["#/all/%E0%A4%A", { view: "all", conversation: null }],
  ] as const)("%s leads to %o", (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });

  it("survives the way there and back", () => {
    const route = { view: "closed", conversation: "a/b c" } as const;
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });
});

it("an event that nobody has named yet can still be read", () => {
  expect(eventWords({ event: "call.offered", text: "" })).toBe("Call offered");
  expect(eventWords({ event: "call.hold_music", text: "" })).toBe("Call hold music");
  expect(eventWords({ event: "call.offered", text: "Call offered to Ana" })).toBe("Call offered to Ana");
});

it("a size is said in the unit that people read", () => {
  expect([sizeOf(840), sizeOf(12_400), sizeOf(3_400_000)]).toEqual(["840 bytes", "12 KB", "3.4 MB"]);
});
