// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Call } from "../../src/api/call-types";
import type { Presence } from "../../src/api/types";
import { followMissed } from "../../src/calls/missed";
import { CallStrip } from "../../src/calls/strip";
import { loadList, loadMe } from "../../src/inbox/loading";
import { setPresence } from "../../src/presence/set-presence";
import { type Bench, bench } from "../app";
import { clear, click, isThere, named, show } from "../screen";

let { app, fake }: Bench = bench();
let stop = () => {};
const said = () => document.body.textContent?.includes("You missed a call and are away now.");
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

async function ring(offer_expires: string): Promise<Call> {
  const ringing = fake.phone.ring("c1", { offer_expires });
  await act(() => loadList(app, "mine"));
  return ringing;
}

/** The server gives the call to the next agent, and may set this one away. */
async function goesOn(call: Call, patch: Partial<Call>, presence: Presence): Promise<void> {
  fake.phone.put({ ...call, ...patch });
  await act(() => loadList(app, "mine"));
  fake.me = { ...fake.me, presence };
  await act(() => loadMe(app));
}

beforeEach(async () => {
  ({ app, fake } = bench("#/mine"));
  stop = followMissed(app);
  await show(app, <CallStrip />);
});
afterEach(() => {
  stop();
  clear();
});

it("an agent who is set away by a call that rang out is told so, and is back with one press", async () => {
  await goesOn(await ring(inSeconds(0)), { state: "queued", agent: null, parties: [] }, "AWAY");
  expect(said()).toBe(true);
  await click(named("Set online"));
  expect(fake.me.presence).toBe("ONLINE");
  expect(said()).toBe(false);
});

it("it is told as well when the presence is heard of before the card has left", async () => {
  await ring(inSeconds(0));
  fake.me = { ...fake.me, presence: "AWAY" };
  await act(() => loadMe(app));
  expect(said()).toBe(true);
});

it("who means to be away puts the line away", async () => {
  await goesOn(await ring(inSeconds(0)), { state: "queued", agent: null, parties: [] }, "AWAY");
  await click(named("Stay away"));
  expect(said()).toBe(false);
});

it("nobody is told of a call that they have answered", async () => {
  await goesOn(await ring(inSeconds(0)), { state: "in_progress" }, "AWAY");
  expect(said()).toBe(false);
});

it("nobody is told of a call that left before its time", async () => {
  await goesOn(await ring(inSeconds(20)), { state: "queued", agent: null, parties: [] }, "AWAY");
  expect(said()).toBe(false);
});

it("a missed call that leaves the agent online is no reason for a line", async () => {
  await goesOn(await ring(inSeconds(0)), { state: "queued", agent: null, parties: [] }, "ONLINE");
  expect(said()).toBe(false);
});

it("who goes away by hand, without a call, is told nothing", async () => {
  await act(() => setPresence(app, fake.me, "AWAY"));
  expect([said(), isThere("Set online")]).toEqual([false, false]);
});
