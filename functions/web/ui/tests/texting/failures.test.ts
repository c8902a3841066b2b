import { describe, expect, it } from "vitest";
import { detailsFor, missingFiles, reasonWords, retryWords } from "../../src/inbox/texting/failures";
import { eventWords } from "../../src/inbox/thread/events";
import { timeOfDay } from "../../src/ui/time";
import { message } from "../fake/company";

const failed = message({
  id: "m2",
  direction: "outbound",
  status: "undelivered",
  status_code: "30006",
  status_reason: "30006 The number is a landline.",
  provider_id: "SM1",
});

describe("why a text did not arrive", () => {
  it.each([
    [failed, "The number is a landline (30006)"],
    [{ ...failed, status_reason: "30999", status_code: "30999" }, "Twilio reports error 30999"],
    [
      { ...failed, status_code: "opted_out", status_reason: "The customer opted out." },
      "The customer opted out",
    ],
    [{ ...failed, status_code: "", status_reason: "mailbox full" }, "mailbox full"],
  ])("%#", (each, words) => {
    expect(reasonWords(each)).toBe(words);
  });

  it("while a second try is due it says when", () => {
    const at = "2026-03-02T09:35:00Z";
    expect(retryWords({ ...failed, again_at: at })).toContain(`It will be tried again at ${timeOfDay(at)}.`);
    expect(retryWords(failed)).toContain("in a few minutes");
  });

  it("an admin gets what is needed to look it up", () => {
    expect(detailsFor(failed)).toMatch(
      /^Text of .*\nState: undelivered\nReason: The number.*\nAt Twilio: SM1$/,
    );
    expect(detailsFor({ ...failed, channel: "whatsapp", provider_id: "" })).not.toContain("At Twilio");
  });
});

it("files that were not to be had are read from the explanation", () => {
  const missing = "1 of 3 files not imported: The file is larger than 25 MB.";
  expect(missingFiles({ explanation: `It joined the conversation. ${missing}` })).toBe(missing);
  expect(missingFiles({ explanation: "It joined the conversation." })).toBe("");
});

it("a keyword is one quiet line that says what follows", () => {
  expect(eventWords({ event: "consent.stop", text: "Stop " })).toBe(
    "The customer texted “Stop”. They get no more texts from this number.",
  );
  expect(eventWords({ event: "consent.out", text: "Ana noted that they want no texts." })).toBe(
    "Ana noted that they want no texts.",
  );
});
