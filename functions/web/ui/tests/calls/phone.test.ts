// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/api/errors";
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
const line = () => app.store.calls.line.value;
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

describe("the browser's phone", () => {
  it("is connected with a pass of the server's, which stays in memory", async () => {
    await phone.start();
    await later(0);
    expect(line().phase).toBe("ready");
    expect(device().tokens).toEqual(["pass 1"]);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("pass");
  });

  it("is not even loaded for who is rung on their telephone", async () => {
    fake.phone.device = "phone";
    await phone.start();
    await later(0);
    expect([load.mock.calls.length, line().phase]).toEqual([0, "off"]);
  });

  it("gets another pass before the first one ends, and a call that is on goes on", async () => {
    await phone.start();
    await later(0);
    const leg = device().ring(new FakeLeg("CA1"));
    phone.answer("CA1");
    device().emit("tokenWillExpire");
    await later(0);
    expect([device().tokens, FakeDevice.made.length, leg.did]).toEqual([["pass 1", "pass 2"], 1, ["accept"]]);
  });

  it("moves to the telephone and back without ringing twice", async () => {
    await phone.start();
    await later(0);
    await phone.choose("phone");
    expect([device().destroyed, line().phase]).toEqual([true, "off"]);
    await phone.choose("browser");
    await later(0);
    expect([FakeDevice.made.length, device().destroyed, line().phase]).toEqual([2, false, "ready"]);
  });

  it("is destroyed when the agent signs out, and does not come back", async () => {
    await phone.start();
    await later(0);
    phone.close();
    await later(120_000);
    expect([FakeDevice.made.length, device().destroyed]).toEqual([1, true]);
  });
});

describe("a fault", () => {
  it("of the network is told in plain words, and mended by itself", async () => {
    FakeDevice.refusal = { code: 31005, message: "gateway" };
    await phone.start();
    await later(0);
    expect(line().words).toBe("The connection to the phone service is lost.");
    FakeDevice.refusal = null;
    await later(2_000);
    expect(line()).toEqual({ phase: "ready", words: "", next: "" });
  });

  it("of an old pass is mended with another one", async () => {
    await phone.start();
    await later(0);
    device().emit("error", { code: 20104, message: "expired" });
    await later(2_000);
    expect([FakeDevice.made[0]?.destroyed, device().tokens, line().phase]).toEqual([
      true,
      ["pass 2"],
      "ready",
    ]);
  });

  it("that lasts is shown as such, with ever longer pauses between attempts", async () => {
    FakeDevice.refusal = { code: 31009 };
    await phone.start();
    await later(10_000);
    expect(line().phase).toBe("failed");
    expect(FakeDevice.made.length).toBeLessThan(7);
  });

  it("of the microphone waits for the agent", async () => {
    await phone.start();
    await later(0);
    device().emit("error", { code: 31401 });
    await later(120_000);
    expect([line().phase, line().words]).toEqual(["failed", "The browser may not use your microphone."]);
    phone.retry();
    await later(0);
    expect([FakeDevice.made.length, line().phase]).toEqual([2, "ready"]);
  });

  it("of the deployment says the server's words and is not tried again and again", async () => {
    const words = "The browser's phone needs an API key of Twilio's.";
    const refused = vi
      .spyOn(app.api, "voiceToken")
      .mockRejectedValue(new ApiError(422, "refused", words, ""));
    await phone.start();
    await later(120_000);
    expect([line().words, refused.mock.calls.length]).toEqual([words, 1]);
  });

  it("never tears down a call that can still be heard", async () => {
    await phone.start();
    await later(0);
    device().ring(new FakeLeg("CA1"));
    phone.answer("CA1");
    device().emit("error", { code: 53001 });
    await later(60_000);
    expect([FakeDevice.made.length, device().destroyed]).toEqual([1, false]);
    phone.retry();
    expect(device().destroyed).toBe(false);
  });

  it("that nobody has met yet still says what to do", async () => {
    await phone.start();
    await later(0);
    device().emit("error", { code: 99999, message: "odd" });
    expect(line()).toMatchObject({
      words: "The phone reported: odd",
      next: expect.stringContaining("Try again"),
    });
  });
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
