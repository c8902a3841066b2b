// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Me } from "../../src/api/types";
import { PresenceSwitch } from "../../src/presence/presence";
import { PresenceLine } from "../../src/presence/presence-line";
import { patchList } from "../../src/store";
import { type Bench, bench } from "../app";
import { clear, click, find, named, show } from "../screen";

let { app, fake }: Bench = bench();
const line = () => document.querySelector(".presence-line")?.textContent ?? "";

async function stand(patch: Partial<Me>): Promise<void> {
  app.store.me.value = { ...fake.me, ...patch };
  await show(app, [<PresenceLine />, <PresenceSwitch />]);
}

beforeEach(() => {
  ({ app, fake } = bench());
});
afterEach(clear);

describe("who is away", () => {
  const AWAY = { presence: "AWAY", presence_reason: "Lunch", returns_at: "2026-03-02T10:00:00Z" } as const;

  it("sees until when, and how long that is", async () => {
    await stand(AWAY);
    expect(line()).toMatch(/^Away, lunch, back at .+30 min left/);
  });

  it("is told once it is over, where a screen reader hears it", async () => {
    await stand({ ...AWAY, returns_at: "2026-03-02T09:00:00Z" });
    expect(find(".presence-line [role=status]").textContent).toMatch(/^You said you would be back at /);
    expect(line()).not.toContain("left");
  });

  it("is back by one click, and nothing that was said stays", async () => {
    await stand(AWAY);
    await click(named("I am back"));
    expect(app.store.me.value).toMatchObject({ presence: "ONLINE", presence_reason: "", returns_at: null });
    expect(line()).toBe("");
  });

  it("stays away where the server says no, and hears why", async () => {
    await stand(AWAY);
    vi.spyOn(app.api, "setPresence").mockRejectedValueOnce(new Error("The server is away."));
    await click(named("I am back"));
    expect(app.store.me.value?.presence).toBe("AWAY");
    expect(app.store.toasts.value.at(-1)?.text).toContain("The server is away.");
  });

  it("by a missed call reads one line about it, not two", async () => {
    app.store.calls.missed.value = "a call";
    await stand({ presence: "AWAY" });
    expect(line()).toBe("");
  });
});

describe("who finishes up", () => {
  it("sees how much is left, and the way to hand it over", async () => {
    patchList(app.store, "mine", { ids: ["c1"], arrived: ["c2"] });
    await stand({ presence: "DRAINING" });
    expect(line()).toContain("2 conversations are still with you.");
    await click(named("Hand over the rest"));
    expect(app.store.presence.dialog.value).toEqual({ kind: "shift", then: null });
  });

  it("with nothing left ends the shift", async () => {
    await stand({ presence: "DRAINING" });
    expect(line()).toContain("Nothing is left with you.");
    expect(named("End the shift")).toBeTruthy();
  });
});

describe("who comes back after long", () => {
  it("reads that work comes bit by bit, as long as that is so", async () => {
    await stand({ ramping_until: "2026-03-02T09:35:00Z" });
    expect(find(".ramp").textContent).toMatch(/^New work comes bit by bit until /);
    await stand({ ramping_until: "2026-03-02T09:35:00Z", presence: "DRAINING" });
    expect(document.querySelector(".ramp")).toBeNull();
    await stand({ ramping_until: "2026-03-02T09:29:00Z" });
    expect(document.querySelector(".ramp")).toBeNull();
  });
});

describe("leaving with work at hand", () => {
  it.each([
    ["Offline", "offline"],
    ["Sign out", "sign-out"],
  ])("%s shows what is left first", async (label, then) => {
    patchList(app.store, "mine", { ids: ["c1"] });
    await stand({});
    await click(find('[data-key="o"]'));
    const items = [...document.querySelectorAll<HTMLElement>("[role^=menuitem]")];
    await click(items.find((item) => item.textContent?.startsWith(label)) as HTMLElement);
    expect(app.store.presence.dialog.value).toEqual({ kind: "shift", then });
    expect(fake.requests).toEqual([]);
  });
});
