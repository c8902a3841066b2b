// A recording on the screen, for tests: shows it, presses its buttons and its slider.

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import type { Message } from "../../src/api/types";
import { AppContext } from "../../src/app-context";
import { RecordingCard } from "../../src/inbox/player/recording";
import { bench } from "../app";
import { attachment, message } from "../fake/company";

export const SOUND = attachment({ id: "a1", filename: "voicemail.mp3", content_type: "audio/mpeg" });
export const { fake, app } = bench();

export const one = (selector: string) => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
};
export const button = (name: string) => {
  const all = [...document.querySelectorAll<HTMLElement>("button")];
  const found = all.find((each) => (each.getAttribute("aria-label") ?? each.textContent)?.includes(name));
  if (!found)
    throw new Error(`there is no button ${name} among ${all.map((each) => each.textContent).join()}`);
  return found;
};
export const slider = () => one("[role=slider]");
export const press = (key: string) =>
  act(() => {
    slider().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  });
export const click = (name: string) => act(async () => button(name).click());
export const place = () => slider().getAttribute("aria-valuenow");

export async function show(patch: Partial<Message>): Promise<void> {
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

/** What was asked of players to play, in this test. */
export let play: ReturnType<typeof silence>;

beforeEach(() => {
  play = silence();
});

afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});

/** Let players play and pause at once; answers what was asked of them. */
function silence() {
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event("pause"));
  });
  return vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  });
}
