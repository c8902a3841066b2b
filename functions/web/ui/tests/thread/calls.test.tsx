// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import type { Message } from "../../src/api/types";
import { CallEntry } from "../../src/inbox/thread/call-entry";
import { type CallBlock, grouped } from "../../src/inbox/thread/calls";
import { bench } from "../app";
import { call } from "../fake/call-facts";
import { attachment, message } from "../fake/company";
import { recording } from "../fake/recordings";
import { clear, click, isThere, named, show } from "../screen";

const step = (event: string, text: string, provider_id = "CA1", patch: Partial<Message> = {}) =>
  message({
    id: `${event} ${provider_id}`,
    channel: "voice",
    direction: "internal",
    event,
    text,
    provider_id,
    ...patch,
  });

const QUEUED = step("call.queued", "Called and chose 2: an order.");
const OFFERED = step("call.offered", "Offered to Ben.");
const MISSED = step("call.missed", "Hung up after waiting for 1 min. Call back.");
const ENDED = step("call.ended", "Talked with Ana for 3 min 2 s.");
const note = message({ id: "n1", channel: "note", text: "Angry" });

const blockOf = (...steps: Message[]): CallBlock => {
  const [entry] = grouped(steps);
  if (entry?.kind !== "call") throw new Error("There is no call.");
  return entry.block;
};

describe("the quiet lines of a call", () => {
  it("are one entry, which stands where the call began", () => {
    const entries = grouped([QUEUED, OFFERED, note, ENDED]);
    expect(entries.map(({ kind }) => kind)).toEqual(["call", "message"]);
    expect(blockOf(QUEUED, OFFERED, ENDED).steps).toHaveLength(3);
  });

  it("do not take in a recording, on its way or deleted", () => {
    const talk = step("call.recording", "Recording, 3 min 2 s.", "RE1", {
      recording: recording({ kind: "talk" }),
    });
    expect(grouped([QUEUED, ENDED, talk]).map(({ kind }) => kind)).toEqual(["call", "message"]);
  });

  it("of two calls stay apart", () => {
    const again = step("call.queued", "Called again.", "CA2");
    expect(grouped([QUEUED, again, MISSED]).map((entry) => entry.kind === "call" && entry.block.id)).toEqual([
      "CA1",
      "CA2",
    ]);
  });

  it("are told by how the call went, and by the latest step while it goes on", () => {
    expect(blockOf(QUEUED, OFFERED)).toMatchObject({ telling: OFFERED, over: false, missed: false });
    expect(blockOf(QUEUED, OFFERED, ENDED)).toMatchObject({ telling: ENDED, over: true, missed: false });
    expect(blockOf(QUEUED, OFFERED, MISSED)).toMatchObject({ telling: MISSED, over: true, missed: true });
  });

  it("leave alone what is to be heard, what customers say, and steps of no call", () => {
    const recording = step("call.recorded", "Voicemail", "CA1", { attachments: [attachment({})] });
    const said = step("", "Called.", "CA1");
    const nameless = step("call.ended", "Ended.", "");
    expect(grouped([recording, said, nameless]).every(({ kind }) => kind === "message")).toBe(true);
  });
});

describe("a call in the timeline", () => {
  afterEach(clear);

  it("that was missed has a way to call back", async () => {
    const { app, fake } = bench();
    app.store.conversations.value = fake.conversations;
    await show(app, <CallEntry block={blockOf(QUEUED, MISSED)} />);
    await click(named("Call back"));
    expect(app.store.calls.dialog.value).toEqual({ kind: "dial", conversation: "c1" });
  });

  it("needs no such way while one is planned, nor after a talk", async () => {
    const { app, fake } = bench();
    fake.phone.planned("c1", "2026-03-02T12:00:00Z");
    app.store.conversations.value = fake.conversations;
    await show(app, <CallEntry block={blockOf(QUEUED, MISSED)} />);
    expect(isThere("Call back")).toBe(false);
    fake.change("c1", { call: call({ id: "CA1", conversation: "c1", state: "completed" }) });
    await show(app, <CallEntry block={blockOf(QUEUED, ENDED)} />);
    expect(isThere("Call back")).toBe(false);
  });

  it("unfolds to its steps, and is unfolded while the call goes on", async () => {
    const { app } = bench();
    await show(app, <CallEntry block={blockOf(QUEUED, OFFERED)} />);
    expect(document.querySelector("details")?.open).toBe(true);
    expect([...document.querySelectorAll("li")].map((each) => each.textContent)).toEqual([
      expect.stringContaining("Called and chose 2: an order."),
      expect.stringContaining("Offered to Ben."),
    ]);
    clear();
    await show(app, <CallEntry block={blockOf(QUEUED, OFFERED, ENDED)} />);
    expect(document.querySelector("details")?.open).toBe(false);
  });
});
