import { expect, it } from "vitest";
import {
  barsOf,
  clock,
  left,
  nextSpeed,
  placeByKey,
  segmentAt,
  spoken,
  within,
} from "../../src/inbox/player/places";
import { said } from "../fake/recordings";

it.each([
  [0, "0:00"],
  [7.9, "0:07"],
  [725, "12:05"],
  [3729, "1:02:09"],
  [-3, "0:00"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});

it.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [725, "12 minutes 5 seconds"],
  [3600, "1 hour"],
])("says %d seconds as %s", (seconds, text) => {
  expect(spoken(seconds)).toBe(text);
});

it.each([
  ["ArrowRight", 15],
  ["ArrowLeft", 5],
  ["ArrowUp", 15],
  ["PageUp", 40],
  ["PageDown", 0],
  ["Home", 0],
  ["End", 60],
  ["j", null],
])("leads by %s to %s", (key, to) => {
  expect(placeByKey(key, 10, 60)).toBe(to);
});

it("stays within the sound", () => {
  expect([within(-5, 60), within(99, 60), within(5, 0)]).toEqual([0, 60, 0]);
});

it("goes round through the speeds", () => {
  expect([1, 1.25, 1.5, 2, 7].map(nextSpeed)).toEqual([1.25, 1.5, 2, 1, 1]);
});

it("knows which words are heard", () => {
  const segments = said("one", "two");
  expect([-1, 0, 9, 10, 99].map((place) => segmentAt(segments, place))).toEqual([-1, 0, 0, 1, 1]);
});

it("counts the pauses whose end is known", () => {
  const since = "2026-03-02T09:00:00Z";
  expect(
    left([
      { since, until: "2026-03-02T09:00:40Z" },
      { since, until: null },
    ]),
  ).toBe(40);
});

it("draws silence as a thin line and nothing beyond the box", () => {
  expect(barsOf([0, 400])).toBe("M0.5 48V52M1.5 0V100");
  expect(barsOf([])).toBe("M0.5 48V52");
});
