import { describe, expect, it } from "vitest";
import {
  filledWords,
  isFree,
  placeName,
  sessionWords,
  templateName,
  whyNotFilled,
} from "../../src/inbox/texting/whatsapp";
import { timeOfDay } from "../../src/ui/time";
import { TEMPLATES } from "../fake/texting";

const NOW = new Date("2026-03-02T09:30:00").getTime();
const until = (minutes: number) => ({ whatsapp_until: new Date(NOW + minutes * 60_000).toISOString() });

describe("the day after the customer's last WhatsApp message", () => {
  it("leaves words free until it is over", () => {
    expect([isFree(until(1), NOW), isFree(until(0), NOW), isFree({ whatsapp_until: null }, NOW)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("is told with its end", () => {
    const today = until(60);
    expect(sessionWords(today, NOW)).toBe(`Free to write until ${timeOfDay(today.whatsapp_until)}`);
    expect(sessionWords(until(20 * 60), NOW)).toContain("until tomorrow ");
    expect(sessionWords(until(-5), NOW)).toContain("over 24 hours old");
    expect(sessionWords({ whatsapp_until: null }, NOW)).toContain("not written on WhatsApp yet");
  });
});

describe("a template", () => {
  const sid = TEMPLATES[0]?.sid ?? "";
  const filled = (variables: Record<string, string>) => whyNotFilled(TEMPLATES, { sid, variables });

  it("is chosen and filled before it goes", () => {
    expect(whyNotFilled(TEMPLATES, null)).toBe("Choose a template.");
    expect(whyNotFilled(TEMPLATES, { sid: "HX9", variables: {} })).toBe("Choose a template.");
    expect(filled({ 1: "Eva" })).toBe("Fill in place 2.");
    expect(filled({ 1: "Eva", 2: "Friday" })).toBe("");
  });

  it.each(["two\nlines", "a\ttab", "many     blanks"])("takes no value such as %j", (value) => {
    expect(filled({ 1: "Eva", 2: value })).toContain("Write place 2 on one line");
  });

  it("reads as the customer will read it, with its empty places named", () => {
    expect(filledWords("Hi {{1}}, by {{day}}.", { 1: " Eva " })).toBe("Hi Eva, by {{day}}.");
    expect([placeName("1"), placeName("pick_up")]).toEqual(["place 1", "pick up"]);
  });

  it("has a name that people can read", () => {
    expect(templateName({ name: "parcel_arrived", language: "es_MX" }, "en")).toBe(
      "Parcel arrived (Mexican Spanish)",
    );
  });
});
