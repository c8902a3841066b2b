// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Message } from "../../src/api/types";
import { AppContext } from "../../src/app-context";
import { RecordingCard } from "../../src/inbox/player/recording";
import { RecordingSlot } from "../../src/inbox/thread/recording-slot";
import { bench } from "../app";
import { attachment, message } from "../fake/company";
import { recording, said, transcript } from "../fake/recordings";

const SOUND = attachment({ id: "a1", filename: "voicemail.mp3", content_type: "audio/mpeg" });
const { fake, app } = bench();
let play: ReturnType<typeof vi.spyOn>;

const one = (selector: string) => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};
const button = (name: string) => {
  const all = [...document.querySelectorAll<HTMLElement>("button")];
  const found = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent)?.includes(name));
  if (!found)
    throw new Error(`there is no button ${name} among ${all.map((each) => each.textContent).join()}`);
  return found;
};
const slider = () => one("[role=slider]");
const press = (key: string) =>
  act(() => {
    slider().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
const click = (name: string) => act(async () => button(name).click());
const place = () => slider().getAttribute("aria-valuenow");

async function show(patch: Partial<Message>): Promise<void> {
  const shown = message({ id: "v1", channel: "voice", text: "Voicemail, 1 min 5 s.", ...patch });
  fake.messages = [shown];
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <RecordingCard message={shown} />
      </AppContext.Provider>,
      document.body,
    ),
  );
}

beforeEach(() => {
  play = vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  });
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event("pause"));
  });
});

afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

it("plays and pauses, and says which", async () => {
  await show({ id: "p1", attachments: [SOUND], recording: recording() });
  await click("Play");
  expect(play).toHaveBeenCalledOnce();
  await click("Pause");
  expect(button("Play")).toBeTruthy();
});

it("is a slider for the keyboard, with words for a screen reader", async () => {
  await show({ id: "p2", attachments: [SOUND], recording: recording() });
  await press("ArrowRight");
  await press("PageUp");
  expect(place()).toBe("35");
  expect(slider().getAttribute("aria-valuetext")).toBe("35 seconds of 1 minute 5 seconds");
  await press("End");
  expect(place()).toBe("65");
  await press(" ");
  expect(play).toHaveBeenCalledOnce();
});

it("leaves other keys to the inbox", async () => {
  await show({ id: "p3", attachments: [SOUND], recording: recording() });
  const event = new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true });
  slider().dispatchEvent(event);
  expect(event.defaultPrevented).toBe(false);
});

it("skips, and changes the speed for all recordings", async () => {
  await show({ id: "p4", attachments: [SOUND], recording: recording() });
  await click("Forward 10 seconds");
  await click("Forward 10 seconds");
  await click("Back 10 seconds");
  expect(place()).toBe("10");
  await click("Speed 1,");
  expect(button("Speed 1.25").textContent).toBe("1.25×");
  for (const speed of ["1.25", "1.5", "2"]) await click(`Speed ${speed},`);
  expect(button("Speed 1,").textContent).toBe("1×");
});

it("is where it was left when the conversation is opened again", async () => {
  await show({ id: "p5", attachments: [SOUND], recording: recording() });
  await press("PageUp");
  render(null, document.body);
  await show({ id: "p5", attachments: [SOUND], recording: recording() });
  expect(place()).toBe("30");
});

it("goes on playing when a refresh brings a new link", async () => {
  await show({ id: "p6", attachments: [SOUND], recording: recording() });
  const before = one("audio").getAttribute("src");
  await show({ id: "p6", attachments: [{ ...SOUND, url: "/another" }], recording: recording() });
  expect(one("audio").getAttribute("src")).toBe(before);
});

it("says that what cannot be played can be downloaded", async () => {
  await show({ id: "p7", attachments: [SOUND], recording: recording() });
  await act(async () => {
    one("audio").dispatchEvent(new Event("error"));
  });
  expect(one("[role=alert]").textContent).toContain("Download it instead");
});

it("shows the words, each of which leads to its place, and marks the one that is heard", async () => {
  const ready = transcript({ state: "ready", segments: said("Hello.", "<b>Please</b> call.") });
  await show({ id: "p8", attachments: [SOUND], recording: recording({ transcript: ready }) });
  expect(document.querySelectorAll(".transcript-lines li")).toHaveLength(2);
  expect(one(".transcript-lines").textContent).toContain("Maria Lopez: Hello.");
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

it("is deleted by a lead, who is asked twice, and by nobody else", async () => {
  await show({ id: "p15", attachments: [SOUND], recording: recording() });
  expect(() => button("Delete")).toThrow();
  app.store.me.value = { ...fake.me, role: "lead" };
  await show({ id: "p15", attachments: [SOUND], recording: recording() });
  await click("Delete");
  await click("Keep");
  expect(fake.requests.join()).not.toContain("DELETE");
  await click("Delete");
  await click("Delete for good");
  expect(fake.requests).toContain("DELETE /conversations/c1/messages/p15/recording");
});

it("says who deleted it, and has nothing to play then", async () => {
  await show({ id: "p16", recording: recording({ removed: "Lea deleted this recording." }) });
  expect(document.body.textContent).toContain("Lea deleted this recording.");
  expect(document.querySelector("audio")).toBeNull();
});

it("says what it is until its player has come", async () => {
  const shown = message({ id: "p17", text: "Voicemail, 1 min 5 s.\n\nHello", recording: recording() });
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <RecordingSlot message={shown} />
      </AppContext.Provider>,
      document.body,
    ),
  );
  expect(document.body.textContent).toMatch(/^Voicemail/);
  await vi.waitFor(() => expect(document.querySelector(".recording")).not.toBeNull());
});
