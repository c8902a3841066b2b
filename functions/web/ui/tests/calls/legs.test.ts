// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPhone, type Phone } from "../../src/calls/phone/phone";
import { putCall } from "../../src/calls/state";
import { type Bench, bench } from "../app";
import { call } from "../fake/call-facts";
import { fakeLocks } from "../fake/locks";
import { FAKE_SDK, FakeDevice, FakeLeg } from "../fake/phone";

let { app, fake }: Bench = bench();
let phone: Phone;
const phones: Phone[] = [];
const load = vi.fn(async () => FAKE_SDK);
const device = () => FakeDevice.made.at(-1) as FakeDevice;
const legs = () => app.store.calls.legs.value.map(({ call: id, state }) => `${id} ${state}`);
const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function phoneOf({ app }: Bench, locks: Pick<LockManager, "request"> = fakeLocks()): Phone {
  const made = createPhone({ api: app.api, store: app.store, load, locks });
  phones.push(made);
  return made;
}

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  load.mockClear();
  FakeDevice.reset();
  ({ app, fake } = bench());
  phone = phoneOf({ app, fake });
});

afterEach(() => {
  for (const each of phones.splice(0)) each.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

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
