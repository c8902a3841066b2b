import { describe, expect, it } from "vitest";
import type { Consent } from "../../src/api/texting-types";
import { consentWords, mayChange, statementWords, wayOut } from "../../src/inbox/texting/consent";
import { ANA } from "../fake/company";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const told = { me: ANA, now: NOW, locale: "en-GB" };

function consent(patch: Partial<Consent>): Consent {
  const since = "2026-03-02T12:00:00Z";
  const by = "+14155550123";
  return {
    sender: "+12025550100",
    number: by,
    state: "out",
    source: "keyword",
    since,
    by,
    reason: "",
    ...patch,
  };
}

const stop = consent({ reason: "the customer opted out on 2026-03-02 with “STOP”" });
const noted = consent({
  source: "agent",
  by: "ben",
  reason: "ben noted on 2026-03-02 that the customer opted out: Asked for it: on the phone.",
});

describe("what a customer wants of texts is told as a colleague would", () => {
  it.each([
    [stop, "The customer opted out with “STOP” on 2 March"],
    [noted, "Ben Okafor noted on 2 March that the customer opted out: Asked for it: on the phone"],
    [consent({ source: "import" }), "An import said on 2 March that the customer opted out"],
    [consent({ source: "refused" }), "The customer opted out on 2 March, as Twilio reported"],
    [
      consent({
        state: "in",
        reason: "the customer opted in on 2025-03-02 with “START”",
        since: "2025-03-02T12:00:00Z",
      }),
      "The customer opted in with “START” on 2 March 2025",
    ],
    [consent({ state: "none", source: "", since: null }), "Never asked for texts, never declined them"],
  ])("%#", (known, words) => {
    expect(consentWords(known, told)).toBe(words);
  });

  it("in the history, too", () => {
    const said = { state: "in", source: "agent", at: "2026-03-04T12:00:00Z", by: "ana" } as const;
    expect(statementWords(said, "Wrote a mail.", told)).toBe(
      "Ana Ruiz noted on 4 March that the customer opted in: Wrote a mail",
    );
  });
});

it("only a lead lifts what the customer said by text; everybody may opt out", () => {
  expect(mayChange(stop, "agent")).toBe(false);
  expect(mayChange(stop, "lead")).toBe(true);
  expect(mayChange(noted, "agent")).toBe(true);
  expect(mayChange(undefined, "agent")).toBe(true);
});

it("a refusal names what still works", () => {
  expect(wayOut(stop, ["a call", "a mail"])).toBe(
    "A call or a mail still works. They can lift it by texting START.",
  );
  expect(wayOut(noted, ["a call"])).toBe("A call still works.");
  expect(wayOut(stop, [])).toBe("They can lift it by texting START.");
});
