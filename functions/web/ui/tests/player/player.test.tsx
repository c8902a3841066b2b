// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { expect, it, vi } from "vitest";
import { AppContext } from "../../src/app-context";
import { RecordingSlot } from "../../src/inbox/thread/recording-slot";
import { message } from "../fake/company";
import { recording } from "../fake/recordings";
import { app, button, click, fake, one, place, play, press, show, slider, SOUND } from "./card";

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

it("renews a link that has run out, and plays from the place where it was", async () => {
  const old = { ...SOUND, url: "https://media.example/sound?Expires=1" };
  await show({ id: "p20", attachments: [old], recording: recording() });
  await press("PageUp");
  const fresh = [{ ...SOUND, url: "https://media.example/sound?Expires=9999999999" }];
  fake.messages = fake.messages.map((shown) => ({ ...shown, attachments: fresh }));
  await click("Play");
  await vi.waitFor(() => expect(play).toHaveBeenCalledOnce());
  expect(one("audio").getAttribute("src")).toContain("9999999999");
  expect(place()).toBe("30");
});

it("says that what cannot be played can be downloaded", async () => {
  await show({ id: "p7", attachments: [SOUND], recording: recording() });
  await act(async () => {
    one("audio").dispatchEvent(new Event("error"));
  });
  expect(one("[role=alert]").textContent).toContain("Download it instead");
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
