// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import { click, find, named, settled, write } from "../screen";
import { app, fake, id, now, refresh } from "./one-talk";

describe("after the call", () => {
  beforeEach(() => click(named("Hang up")));

  it("a quiet count says how long no new call comes", () => {
    expect(find(".wrap-up").textContent).toMatch(/Call ended after 0:0\d\..*No new call for 0:(30|29)/);
  });

  it("what was agreed becomes a note of the conversation, and the agent is free", async () => {
    await write(".wrap-note", "Refund promised until Friday.");
    expect(app.store.drafts.value.get("c1")?.note).toBe("Refund promised until Friday.");
    await act(async () => {
      find(".wrap-up").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      await settled();
      await settled();
    });
    expect(fake.messages.at(-1)).toMatchObject({ channel: "note", text: "Refund promised until Friday." });
    expect(document.querySelector(".wrap-up")).toBeNull();
    expect(now().wrap_until).toBeNull();
  });

  it("being done needs no note", async () => {
    await act(async () => {
      find(".wrap-up").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      await settled();
    });
    expect(fake.requests.at(-1)).toBe(`POST /calls/${id}/wrap-up`);
    expect(fake.requests.some((request) => request.endsWith("/notes"))).toBe(false);
  });

  it("who is still writing when the time is over goes on, and the note is kept", async () => {
    await act(() => {
      find(".wrap-note").dispatchEvent(new FocusEvent("focus"));
    });
    await write(".wrap-note", "Refund");
    fake.phone.calls.set(id, { ...now(), can: [] });
    fake.change("c1", { call: null });
    await refresh();
    await write(".wrap-note", "Refund promised");
    await act(async () => {
      find(".wrap-up").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      await settled();
      await settled();
    });
    expect(fake.messages.at(-1)).toMatchObject({ channel: "note", text: "Refund promised" });
    expect(fake.requests).not.toContain(`POST /calls/${id}/wrap-up`);
    expect(document.querySelector(".wrap-up")).toBeNull();
  });

  it("the keyboard is not lost with the strip", async () => {
    document.body.insertAdjacentHTML(
      "beforeend",
      '<section class="thread"><h2 tabindex="-1">Maria</h2></section>',
    );
    find(".wrap-note").focus();
    await act(async () => {
      find(".wrap-up").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      await settled();
    });
    expect(document.activeElement).toBe(find(".thread h2"));
    find(".thread").remove();
  });
});
