import { describe, expect, it } from "vitest";
import { snoozedWords, snoozeTimes, untilWords } from "../../src/inbox/routing/snooze-times";

/** In the agent's own time. */
const at = (text: string) => new Date(text).getTime();
const iso = (text: string) => new Date(text).toISOString();
const proposed = (now: string) =>
  snoozeTimes(at(now)).map(({ name, at: then }) => [
    name,
    untilWords(new Date(then).toISOString(), at(now), "en-GB"),
  ]);

describe("the proposals", () => {
  it("on a Thursday morning are an hour, the afternoon, tomorrow and Monday", () => {
    expect(proposed("2026-03-05T10:20:40")).toEqual([
      ["In an hour", "11:20"],
      ["This afternoon", "15:00"],
      ["Tomorrow morning", "tomorrow 09:00"],
      ["Next Monday", "Mon 09:00"],
    ]);
  });

  it("leave out an afternoon that is there already", () => {
    expect(proposed("2026-03-05T13:00:00").map(([name]) => name)).not.toContain("This afternoon");
  });

  it("on a Sunday do not name Monday twice, and on a Monday mean the next one", () => {
    expect(proposed("2026-03-08T10:00:00").map(([name]) => name)).not.toContain("Next Monday");
    expect(snoozeTimes(at("2026-03-09T10:00:00")).at(-1)).toEqual({
      name: "Next Monday",
      at: at("2026-03-16T09:00:00"),
    });
  });

  it("are all in the future, whatever the time is", () => {
    for (let hour = 0; hour < 24 * 8; hour += 1) {
      const now = at("2026-03-05T00:30:00") + hour * 3_600_000;
      expect(snoozeTimes(now).every((time) => time.at > now)).toBe(true);
    }
  });
});

it.each([
  ["2026-03-05T15:00:00", "15:00"],
  ["2026-03-06T09:00:00", "tomorrow 09:00"],
  ["2026-03-09T09:00:00", "Mon 09:00"],
  ["2026-03-12T09:00:00", "12 Mar 09:00"],
  ["2026-03-04T09:00:00", "4 Mar 09:00"],
])("%s is said as %s on 5 March", (until, words) => {
  expect(untilWords(iso(until), at("2026-03-05T10:00:00"), "en-GB")).toBe(words);
});

it("without a time it is the customer who ends it", () => {
  expect(snoozedWords(null, 0)).toBe("Snoozed until they write");
});
