// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { putCall } from "../../src/calls/state";
import { bench } from "../app";
import { call } from "../fake/call-facts";
import { fakeLocks } from "../fake/locks";
import { FakeDevice, FakeLeg } from "../fake/phone";
import { app, device, later, phone, phoneOf } from "./one-phone";

const legs = () => app.store.calls.legs.value.map(({ call: id, state }) => `${id} ${state}`);

describe("a leg", () => {
  beforeEach(async () => {
    await phone.start();
    await later(0);
  });

  it("is answered, muted, keyed and ended", () => {
    const leg = device().ring(new FakeLeg("CA1"));
    expect(legs()).toEqual(["CA1 ringing"]);
    phone.answer("CA1");
    phone.mute(true);
    phone.digits("1#");
    expect([legs(), leg.did]).toEqual([["CA1 talking"], ["accept", "mute true", "digits 1#"]]);
    leg.emit("disconnect");
    expect(legs()).toEqual([]);
  });

  it.each(["cancel", "reject", "disconnect"])("is gone after %s", (event) => {
    device().ring(new FakeLeg("CA1")).emit(event);
    expect(legs()).toEqual([]);
  });

  it("that nobody named is that of the one call that rings", () => {
    const leg = device().ring(new FakeLeg(""));
    phone.answer("CA1");
    expect(leg.did).toEqual(["accept"]);
  });

  it("of a call that the agent asked for is answered by itself", () => {
    app.store.calls.begun.value = new Set(["out-1"]);
    expect(device().ring(new FakeLeg("out-1")).did).toEqual(["accept"]);
  });

  it("of such a call is answered too when it rings before the screen knows of the call", () => {
    const leg = device().ring(new FakeLeg("out-2"));
    expect(leg.did).toEqual([]);
    putCall(app.store, call({ id: "out-2", conversation: "c1", purpose: "dial", state: "offering" }));
    expect(leg.did).toEqual(["accept"]);
  });

  it("of a customer's call is never answered by itself", () => {
    const leg = device().ring(new FakeLeg("CA3"));
    putCall(app.store, call({ id: "CA3", conversation: "c1", state: "offering" }));
    expect(leg.did).toEqual([]);
  });
});

describe("of two tabs", () => {
  it("one has the phone, and the other can have it", async () => {
    const locks = fakeLocks();
    const [one, other] = [bench(), bench()];
    const [here, there] = [phoneOf(one, locks), phoneOf(other, locks)];
    await Promise.all([here.start(), there.start()]);
    await later(1_000);
    expect([one, other].map(({ app }) => app.store.calls.line.value.phase)).toEqual(["ready", "elsewhere"]);
    there.takeOver();
    await later(1_000);
    expect([one, other].map(({ app }) => app.store.calls.line.value.phase)).toEqual(["elsewhere", "ready"]);
    expect(FakeDevice.made.filter(({ destroyed }) => !destroyed)).toHaveLength(1);
  });

  it("either answers: the one with the phone does it", async () => {
    vi.useRealTimers();
    const locks = fakeLocks();
    const [one, other] = [bench(), bench()];
    const [here, there] = [phoneOf(one, locks), phoneOf(other, locks)];
    await here.start();
    await there.start();
    await vi.waitFor(() => expect(one.app.store.calls.line.value.phase).toBe("ready"));
    const leg = device().ring(new FakeLeg("CA1"));
    there.answer("CA1");
    await vi.waitFor(() => expect(leg.did).toEqual(["accept"]));
  });
});
