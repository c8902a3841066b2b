// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../src/api/types";
import { followMissed } from "../../src/calls/missed";
import { CallStrip } from "../../src/calls/strip";
import { loadList, loadMe } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { clear, click, named, show } from "../screen";

let { app, fake }: Bench = bench();
let stop = () => {};
const WAITS = { assignee: null, offered_to: null, offered_until: null, routing: "WAITING" };
const text = () => document.body.textContent ?? "";

/** Ana is asked for so many seconds. */
async function offer(seconds: number, channel: Channel): Promise<void> {
  const offered_until = new Date(Date.now() + seconds * 1000).toISOString();
  fake.change("c1", { ...WAITS, routing: "OFFERED", offered_to: "ana", offered_until, channels: [channel] });
  await act(() => loadList(app, "all"));
}

beforeEach(() => {
  ({ app, fake } = bench("#/mine"));
});
afterEach(() => {
  stop();
  clear();
});

describe("who is set away because an offer ran out", () => {
  const setAway = async (): Promise<void> => {
    fake.me = { ...fake.me, presence: "AWAY", presence_reason: "did not answer" };
    await act(() => loadMe(app));
  };

  beforeEach(async () => {
    stop = followMissed(app);
    await show(app, <CallStrip />);
  });

  it.each([
    ["sms", "You missed a message and are away now."],
    ["email", "You missed a mail and are away now."],
  ] as const)("is told so of %s, and is back with one press", async (channel, words) => {
    await offer(0, channel);
    fake.change("c1", WAITS);
    await loadList(app, "all");
    await setAway();
    expect(text()).toContain(words);
    await click(named("Set online"));
    expect(fake.me.presence).toBe("ONLINE");
    expect(text()).not.toContain("You missed");
  });

  it("is told nothing of what they took in time", async () => {
    await offer(2, "sms");
    await app.api.accept("c1", fake.conversations.get("c1")?.offered_until ?? null);
    await loadList(app, "all");
    await setAway();
    expect(text()).not.toContain("You missed");
    expect(text()).toContain("Away, did not answer.");
  });
});
