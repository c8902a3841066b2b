import { describe, expect, it } from "vitest";
import type { Rule, Texting } from "../../src/api/texting-types";
import { EMPTY_DRAFT, replyChannels, whyMute } from "../../src/inbox/composer/draft";
import { readiness } from "../../src/inbox/composer/readiness";
import { isTollFree, segments, wholeText } from "../../src/inbox/composer/segments";
import { priceWords } from "../../src/inbox/composer/segment-count";
import { stampOf } from "../../src/inbox/texting/asking";
import { barrierOf, NOTHING_AGAINST, quietOf, quietWords } from "../../src/inbox/texting/standing";
import { conversation, message } from "../fake/company";
import { FakeApi } from "../fake/api";

const NOW = Date.parse("2026-03-02T09:30:00Z");
const NIGHT: Rule = {
  code: "quiet_hours",
  message:
    "It is 22:40 in America/Argentina/Buenos_Aires, and texts to AR rest from 21:00 to 08:00. Send it later, or send it now all the same.",
  overridable: true,
};
const OUT: Rule = { code: "opted_out", message: "No.", overridable: false };

function texting(patch: Partial<Texting>): Texting {
  const fake = new FakeApi();
  fake.add(conversation({ id: "c1" }), message({ id: "m1" }));
  const facts = fake.answer("GET", "/api/conversations/c1/texting").body as Texting;
  return { ...facts, ...patch };
}

const standing = (patch: Partial<Texting>) => ({ ...NOTHING_AGAINST, texting: texting(patch), now: NOW });

describe("the quiet hours", () => {
  const until = "2026-03-02T11:00:00Z";

  it("only ask, and only for as long as they last", () => {
    expect(quietOf(standing({ against: [NIGHT], quiet_until: until }))).toBe(NIGHT);
    expect(
      quietOf({ texting: texting({ against: [NIGHT], quiet_until: until }), now: Date.parse(until) }),
    ).toBe(undefined);
  });

  it("are not worth a word where nothing may go at any hour", () => {
    const both = standing({ against: [OUT, NIGHT], quiet_until: until });
    expect(quietOf(both)).toBe(undefined);
    expect(barrierOf(both.texting)).toBe(OUT);
  });

  it("are told with the time there, and the place as people call it", () => {
    expect(quietWords(NIGHT)).toBe("It is 22:40 in Buenos Aires, and texts there rest from 21:00 to 08:00.");
  });
});

describe("a text is ready", () => {
  const file = {
    key: "k",
    id: "u",
    filename: "a.png",
    content_type: "image/png",
    size: 9,
    from: "",
    sent: 1,
  };
  const ready = { ...file, state: "ready" as const, reason: "" };

  it("with words or with files alone", () => {
    expect(readiness({ ...EMPTY_DRAFT, reply: "Yes" }, "sms").ready).toBe(true);
    expect(readiness({ ...EMPTY_DRAFT, files: [ready] }, "sms").ready).toBe(true);
    expect(readiness({ ...EMPTY_DRAFT, files: [ready] }, "email").ready).toBe(false);
    expect(readiness(EMPTY_DRAFT, "sms").ready).toBe(false);
  });

  it("but never to somebody who opted out", () => {
    const state = readiness({ ...EMPTY_DRAFT, reply: "Yes" }, "sms", standing({ against: [OUT] }));
    expect(state).toEqual({ ready: false, why: "The customer opted out of texts." });
  });

  it("up to 1600 characters, the notice below it included", () => {
    const notice = { notice: "Store. Reply STOP to opt out." };
    const long = { ...EMPTY_DRAFT, reply: "a".repeat(1590) };
    expect(readiness(long, "sms", standing({})).ready).toBe(true);
    expect(readiness(long, "sms", standing(notice)).why).toContain("It has 1621 characters");
  });
});

describe("what a text takes", () => {
  it("counts the notice that stands below it", () => {
    expect(wholeText(" Hello \n", "Store. Reply STOP to opt out.")).toBe(
      "Hello\n\nStore. Reply STOP to opt out.",
    );
    expect(wholeText("", "Store.")).toBe("Store.");
    expect(wholeText("", "")).toBe("");
  });

  it("holds one unit less in each part that a toll-free number sends", () => {
    expect(segments("a".repeat(305)).parts).toBe(2);
    expect(segments("a".repeat(305), true).parts).toBe(3);
    expect([isTollFree("+18335550100"), isTollFree("+12025550100"), isTollFree("+4980055501")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("costs about so much where that is configured", () => {
    expect(priceWords(2, standing({}).texting, "en-US")).toBe("$0.0166");
    const unknown = texting({});
    unknown.estimate.segment_price = null;
    expect(priceWords(2, unknown)).toBe("");
  });
});

describe("who can be written to by phone", () => {
  const sends = ["email", "sms", "whatsapp"] as const;

  it("is offered WhatsApp where the inbox is there", () => {
    expect(replyChannels(conversation({ id: "c1" }), [...sends])).toEqual(["sms", "whatsapp"]);
    expect(replyChannels(conversation({ id: "c1" }), ["sms"])).toEqual(["sms"]);
  });

  it("is no short code, and the composer says so", () => {
    const mute = conversation({ id: "c1", unanswerable: "“72345” is a short code." });
    expect(replyChannels(mute, [...sends])).toEqual([]);
    expect(whyMute(mute, null)).toBe("“72345” is a short code.");
    expect(replyChannels({ ...mute, channels: ["email", "sms"] }, [...sends])).toEqual(["email"]);
  });
});

it("the server is asked anew after a keyword and after the first text, not after every message", () => {
  const first = message({ id: "m1", channel: "email" });
  const texts = [first, message({ id: "m2" })];
  const more = [...texts, message({ id: "m3" })];
  const stopped = [...more, message({ id: "m4", event: "consent.stop" })];
  const stamps = [[first], texts, more, stopped].map(stampOf);
  expect([new Set(stamps).size, stamps[1] === stamps[2]]).toEqual([3, true]);
});
