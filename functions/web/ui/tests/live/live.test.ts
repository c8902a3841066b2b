// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { feedOf, startLive } from "../../src/live/live";
import { type Bench, bench } from "../app";

const config = { login_url: "", client_id: "", socket_url: "wss://live.example.com", scopes: "" };
let { app, fake }: Bench = bench();
const beats = () => fake.requests.filter((request) => request === "POST /me/heartbeat").length;
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", EventTarget);
  ({ app, fake } = bench());
  startLive(app, config, feedOf(app));
  await soon();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the sign of life", () => {
  it("is given at once, and every half minute", async () => {
    expect(beats()).toBe(1);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(beats()).toBe(2);
  });

  it.each(["focus", "online"])("is given when the window wakes: %s", async (event) => {
    window.dispatchEvent(new Event(event));
    await soon();
    expect(beats()).toBe(2);
  });

  it("is given when the page is seen again", async () => {
    document.dispatchEvent(new Event("visibilitychange"));
    await soon();
    expect(beats()).toBe(2);
  });

  it("is repeated after one that failed", async () => {
    vi.spyOn(app.api, "heartbeat").mockRejectedValueOnce(new Error("The server is away."));
    window.dispatchEvent(new Event("focus"));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(beats()).toBe(2);
  });
});
