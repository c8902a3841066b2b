import { describe, expect, it } from "vitest";
import { backAt, begun, lackingIn, saidOf } from "../../src/presence/away";
import { isOver, leftWords, shortStanceOf, stanceOf } from "../../src/presence/words";
import { ANA } from "../fake/company";

const at = (hours: number, minutes: number, day = 2) => new Date(2026, 2, day, hours, minutes).toISOString();
const NOW = Date.parse(at(14, 0));
const stance = (patch: object) => ({ presence: "AWAY", reason: "", returns_at: null, ...patch });
const words = (patch: object) => stanceOf(stance(patch), NOW, "en-GB");

describe("how somebody stands", () => {
  it("is said with why and until when", () => {
    expect(words({ reason: "Lunch", returns_at: at(14, 30) })).toBe("Away, lunch, back at 14:30");
    expect(words({ presence: "DRAINING" })).toBe("Finishing up");
    expect(words({ reason: "Lunch" })).toBe("Away, lunch");
  });

  it("leaves an agent's own words as they are", () => {
    expect(words({ reason: "IT is here" })).toBe("Away, IT is here");
  });

  it("names another day", () => {
    expect(words({ returns_at: at(9, 0, 3) })).toBe("Away, back tomorrow 09:00");
    expect(words({ returns_at: at(9, 0, 20) })).toBe("Away, back 20 Mar 09:00");
  });

  it("promises nothing once the time is over", () => {
    expect(words({ returns_at: at(13, 30) })).toBe("Away, due back at 13:30");
    expect([isOver(at(13, 59), NOW), isOver(at(14, 1), NOW)]).toEqual([true, false]);
  });

  it("fits where there is little room", () => {
    const short = (patch: object) => shortStanceOf(stance(patch), NOW, "en-GB");
    expect(short({ reason: "Lunch", returns_at: at(14, 30) })).toBe("Away until 14:30");
    expect(short({ reason: "Lunch", returns_at: at(13, 30) })).toBe("Away");
    expect(short({ reason: "Lunch" })).toBe("Away, lunch");
  });

  it("counts down in whole minutes, and not over days", () => {
    expect(leftWords(at(14, 30), NOW)).toBe("30 min left");
    expect(leftWords(at(14, 30), NOW + 1)).toBe("30 min left");
    expect(leftWords(at(15, 5), NOW)).toBe("1 h 5 min left");
    expect(leftWords(at(16, 0), NOW)).toBe("2 h left");
    expect(leftWords(at(14, 0), NOW - 1)).toBe("1 min left");
    expect(leftWords(at(9, 0, 20), NOW)).toBe("");
  });
});

describe("going away", () => {
  it("begins with a short break", () => {
    expect(begun(ANA, NOW)).toEqual({ reason: "Break", own: "", back: { minutes: 15 } });
  });

  it("begins with what was said already", () => {
    const away = { ...ANA, presence: "AWAY" as const, presence_reason: "Dentist", returns_at: at(15, 0) };
    expect(begun(away, NOW)).toEqual({ reason: "", own: "Dentist", back: { clock: "15:00" } });
    expect(begun({ ...away, returns_at: at(13, 0) }, NOW).back).toBeNull();
  });

  it("counts minutes from now", () => {
    expect(backAt({ minutes: 30 }, NOW)).toBe(Date.parse(at(14, 30)));
  });

  it("takes a time that is over today for tomorrow's", () => {
    expect(backAt({ clock: "14:30" }, NOW)).toBe(Date.parse(at(14, 30)));
    expect(backAt({ clock: "00:10" }, NOW)).toBe(Date.parse(at(0, 10, 3)));
  });

  it("asks for the time only where one is promised", () => {
    const away = { reason: "Lunch", own: "" };
    expect(lackingIn({ ...away, back: { clock: "" } }, NOW)).toContain("Choose the time");
    expect(lackingIn({ ...away, back: null }, NOW)).toBe("");
  });

  it("sends the words of its own without what is around them", () => {
    expect(saidOf({ reason: "", own: " Dentist ", back: null }, NOW)).toEqual({
      reason: "Dentist",
      returns_at: null,
    });
  });
});
