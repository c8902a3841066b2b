// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";
import { recording, said, transcript } from "../fake/recordings";
import { click, fake, one, place, play, show, SOUND } from "./card";

it("shows the words, each of which leads to its place, and marks the one that is heard", async () => {
  const ready = transcript({ state: "ready", segments: said("Hello.", "<b>Please</b> call.") });
  await show({ id: "p8", attachments: [SOUND], recording: recording({ transcript: ready }) });
  expect(document.querySelectorAll(".transcript-lines li")).toHaveLength(2);
  expect(one(".transcript-lines").textContent).toContain("0:00Hello.");
  expect(one(".transcript-lines").textContent).toContain("<b>Please</b> call.");
  await act(async () => one(".transcript-lines li:nth-child(2) button").click());
  expect(place()).toBe("10");
  expect(one("[aria-current]").textContent).toContain("call.");
  expect(play).toHaveBeenCalledOnce();
});

it("fetches a long transcript when it is asked for", async () => {
  const long = transcript({ state: "ready", segments: null });
  await show({ id: "p9", attachments: [SOUND], recording: recording({ transcript: long }) });
  expect(fake.requests.join()).not.toContain("transcript");
  await click("Show transcript");
  await vi.waitFor(() => expect(document.querySelectorAll(".transcript-lines li")).toHaveLength(30));
});

it("names the speakers of a talk where they change", async () => {
  const segments = said("Hi.", "Yes.", "Bye.").map((part, at) => ({
    ...part,
    speaker: at < 2 ? "Speaker 1" : "Speaker 2",
  }));
  const talk = recording({ kind: "talk", transcript: transcript({ state: "ready", segments }) });
  await show({ id: "p10", attachments: [SOUND], recording: talk });
  expect([...document.querySelectorAll(".transcript-lines b")].map((name) => name.textContent)).toEqual([
    "Speaker 1: ",
    "Speaker 2: ",
  ]);
});

it("says what is under way, what failed, and tries it again", async () => {
  await show({ id: "p11", recording: recording({ copied: false }) });
  expect(one("[role=status]").textContent).toContain("Being copied");
  const failed = transcript({ state: "failed", reason: "too quiet" });
  await show({ id: "p12", attachments: [SOUND], recording: recording({ transcript: failed }) });
  expect(document.body.textContent).toContain("There is no transcript: too quiet");
  await click("Try again");
  expect(fake.requests.at(-1)).toBe("POST /conversations/c1/messages/p12/recording/retry");
  await show({ id: "p13", recording: recording({ copied: false, problem: "404" }) });
  expect(document.body.textContent).toContain("It could not be copied: 404");
});

it("says what was announced, what is missing and how long it is kept", async () => {
  const at = "2026-03-02T09:00:00Z";
  const talk = recording({
    kind: "talk",
    consent: { words: "This call is recorded.", language: "en-US", at },
    gaps: [{ since: at, until: "2026-03-02T09:01:10Z" }],
    keep_until: "2026-05-31T09:00:00Z",
  });
  await show({ id: "p14", attachments: [SOUND], recording: talk });
  expect(one(".player-facts q").textContent).toBe("This call is recorded.");
  expect(one(".player-facts").textContent).toContain("Paused for 1 minute 10 seconds");
  expect(one(".player-facts").textContent).toContain("Kept until");
});
