// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followRinging, titleOf } from "../../src/calls/alerts";
import { createBell } from "../../src/calls/phone/bell";
import { DEFAULT_RING, readRing, writeRing } from "../../src/calls/phone/ring-setting";
import { checkMicrophone } from "../../src/calls/setup/microphone";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";

let { app, fake }: Bench = bench();
let stop: () => void = () => undefined;
const bell = { ring: vi.fn(), once: vi.fn(), rest: vi.fn() };
const closed: string[] = [];

class FakeNotification {
  static permission = "granted";
  static shown: FakeNotification[] = [];
  onclick: (() => void) | null = null;

  constructor(
    readonly title: string,
    readonly options: NotificationOptions,
  ) {
    FakeNotification.shown.push(this);
  }

  close = () => void closed.push(this.title);
}

beforeEach(() => {
  vi.clearAllMocks();
  closed.length = 0;
  FakeNotification.shown = [];
  vi.stubGlobal("Notification", FakeNotification);
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  document.head.innerHTML = '<link rel="icon" href="/icon.svg">';
  ({ app, fake } = bench("#/mine"));
  stop = followRinging(app, bell);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
});

async function ring(device: "browser" | "phone" = "browser"): Promise<string> {
  const { id } = fake.phone.ring("c1", { device });
  await loadList(app, "mine");
  return id;
}

describe("a call that rings", () => {
  it("is in the title and on the tab's icon for as long as it rings", async () => {
    const id = await ring();
    expect(document.title).toBe("☎ Maria Lopez · Heartline");
    expect(document.querySelector("link[rel=icon]")?.getAttribute("href")).toBe("/icon-call.svg");
    fake.phone.answered(id);
    await loadList(app, "mine");
    expect(document.title).toBe("(1) Heartline");
    expect(document.querySelector("link[rel=icon]")?.getAttribute("href")).toBe("/icon.svg");
  });

  it("is heard as loud as the agent wants it, and at once silent when they say so", async () => {
    await ring();
    expect(bell.ring).toHaveBeenLastCalledWith(DEFAULT_RING);
    bell.rest.mockClear();
    app.store.calls.ring.value = { ...DEFAULT_RING, on: false };
    expect(bell.rest).toHaveBeenCalled();
  });

  it("is heard in the one tab that has the phone", async () => {
    app.store.calls.line.value = { phase: "elsewhere", words: "", next: "" };
    await ring();
    expect(bell.ring).not.toHaveBeenCalled();
  });

  it("on the agent's telephone is not heard a second time", async () => {
    await ring("phone");
    expect(bell.ring).not.toHaveBeenCalled();
  });

  it("is shown on the desktop while another window is in front, and taken away with the call", async () => {
    const id = await ring();
    expect(FakeNotification.shown.map(({ title }) => title)).toEqual(["Incoming call: Maria Lopez"]);
    fake.phone.answered(id);
    await loadList(app, "mine");
    expect(closed).toEqual(["Incoming call: Maria Lopez"]);
  });

  it("is not shown on the desktop to who looks at the inbox", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    await ring();
    expect(FakeNotification.shown).toEqual([]);
  });
});

it("without a call the title counts what waits for the agent", () => {
  expect([titleOf(undefined, 0), titleOf(undefined, 3)]).toEqual(["Heartline", "(3) Heartline"]);
});

describe("the bell", () => {
  const node = { connect: vi.fn(), start: vi.fn(), stop: vi.fn(), frequency: { value: 0 } };
  const gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() };
  const context = {
    currentTime: 0,
    state: "suspended" as const,
    resume: vi.fn(async () => undefined),
    destination: {} as AudioDestinationNode,
    createGain: () => ({ gain, connect: vi.fn() }) as unknown as GainNode,
    createOscillator: () => node as unknown as OscillatorNode,
  };

  it("rings until it rests, and wakes a context that browsers keep silent", () => {
    vi.useFakeTimers();
    const bell = createBell(() => context);
    bell.ring({ ...DEFAULT_RING, volume: 0.5 });
    bell.ring({ ...DEFAULT_RING, volume: 0.5 });
    expect([node.start.mock.calls.length, context.resume.mock.calls.length]).toEqual([2, 1]);
    expect(gain.linearRampToValueAtTime).toHaveBeenCalledWith(0.2, expect.any(Number));
    vi.advanceTimersByTime(6_000);
    expect(node.start).toHaveBeenCalledTimes(6);
    bell.rest();
    vi.advanceTimersByTime(60_000);
    expect(node.start).toHaveBeenCalledTimes(6);
    vi.useRealTimers();
  });
});

describe("how it sounds", () => {
  it("is kept on this device, for each agent", () => {
    writeRing(localStorage, "ana", { on: false, volume: 0.2, output: "speaker" });
    expect(readRing(localStorage, "ana")).toEqual({ on: false, volume: 0.2, output: "speaker" });
    expect(readRing(localStorage, "ben")).toEqual(DEFAULT_RING);
  });

  it("is the default where what was kept is damaged", () => {
    localStorage.setItem("heartline.ring.ana", "{");
    expect(readRing(localStorage, "ana")).toEqual(DEFAULT_RING);
    localStorage.setItem("heartline.ring.ana", '{"on":"yes","volume":7}');
    expect(readRing(localStorage, "ana")).toEqual({ ...DEFAULT_RING, volume: 1 });
  });
});

describe("the check of the microphone", () => {
  const refusing = (name: string) => ({
    getUserMedia: async () => Promise.reject(new DOMException("no", name)),
    enumerateDevices: async () => [],
  });

  it.each([
    ["NotAllowedError", "Allow it beside the address"],
    ["NotFoundError", "No microphone was found"],
    ["NotReadableError", "Another program uses"],
    ["Strange", "could not be opened"],
  ])("explains %s", async (name, words) => {
    expect(await checkMicrophone(refusing(name))).toEqual({
      ok: false,
      words: expect.stringContaining(words),
    });
  });

  it("lets go of the microphone again", async () => {
    const track = { label: "Headset", stop: vi.fn() };
    const stream = { getAudioTracks: () => [track] } as unknown as MediaStream;
    const media = { getUserMedia: async () => stream, enumerateDevices: async () => [] };
    expect((await checkMicrophone(media)).words).toBe("Your microphone works: Headset.");
    expect(track.stop).toHaveBeenCalledOnce();
  });

  it("says why there is none without https", async () => {
    expect((await checkMicrophone(undefined)).words).toContain("https");
  });
});
