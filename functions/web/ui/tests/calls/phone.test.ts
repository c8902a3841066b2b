// @vitest-environment happy-dom
import { describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/api/errors";
import { FakeDevice, FakeLeg } from "../fake/phone";
import { app, device, fake, later, load, phone } from "./one-phone";

const line = () => app.store.calls.line.value;

describe("the browser's phone", () => {
  it("is connected with a pass of the server's, which stays in memory", async () => {
    await phone.start();
    await later(0);
    expect(line().phase).toBe("ready");
    expect(device().tokens).toEqual(["pass 1"]);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain("pass");
  });

  it("is connected once it can be read where calls ring, without anybody's help", async () => {
    vi.spyOn(app.api, "phone").mockRejectedValueOnce(new TypeError("network"));
    await phone.start();
    expect(line()).toMatchObject({ phase: "failed", next: "Heartline keeps trying." });
    await later(1_000);
    expect(line().phase).toBe("ready");
  });

  it("asks before its tab is closed while somebody talks, and never else", async () => {
    const leaves = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    await phone.start();
    await later(0);
    device().ring(new FakeLeg("CA1"));
    expect(leaves()).toBe(true);
    phone.answer("CA1");
    await later(0);
    expect(leaves()).toBe(false);
    phone.close();
    expect(leaves()).toBe(true);
  });

  it("asks no more where calls ring when its agent has left", async () => {
    const asked = vi.spyOn(app.api, "phone").mockRejectedValue(new TypeError("network"));
    await phone.start();
    phone.close();
    await later(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
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
