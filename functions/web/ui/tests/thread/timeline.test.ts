import { describe, expect, it } from "vitest";
import {
  continues,
  EMPTY_THREAD,
  lastVisible,
  withMessages,
  withNewest,
  withOlder,
} from "../../src/inbox/thread/timeline";
import { message } from "../fake/company";

const at = (minute: number) => `2026-03-02T09:${String(minute).padStart(2, "0")}:00Z`;
const said = (minute: number) => message({ id: `m${minute}`, at: at(minute) });
const minutes = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => said(from + index));
const idsOf = ({ messages }: { messages: { id: string }[] }) => messages.map(({ id }) => id);
const known = { ...EMPTY_THREAD, messages: minutes(10, 12), older: "before-10", phase: "ready" } as const;

describe("a timeline", () => {
  it("is in order of time, each message once, the newest version of it", () => {
    const delivered = message({ id: "m11", at: at(11), status: "delivered" });
    const thread = withMessages(known, [said(13), delivered, said(9)]);
    expect(idsOf(thread)).toEqual(["m9", "m10", "m11", "m12", "m13"]);
    expect(thread.messages[2]?.status).toBe("delivered");
  });

  it("keeps what was loaded above when the newest page comes again", () => {
    const thread = withNewest(known, { items: minutes(12, 14), next: "before-12" });
    expect(idsOf(thread)).toEqual(["m10", "m11", "m12", "m13", "m14"]);
    expect(thread.older).toBe("before-10");
  });

  it("starts anew rather than hide a hole in the middle", () => {
    const thread = withNewest(known, { items: minutes(30, 32), next: "before-30" });
    expect(idsOf(thread)).toEqual(["m30", "m31", "m32"]);
    expect(thread.older).toBe("before-30");
  });

  it("is ready when a conversation has no messages at all", () => {
    expect(withNewest(EMPTY_THREAD, { items: [], next: null })).toMatchObject({
      messages: [],
      phase: "ready",
    });
  });

  it("goes back page by page to the beginning", () => {
    expect(withOlder(known, { items: minutes(8, 9), next: null })).toMatchObject({ older: null });
    expect(idsOf(withOlder(known, { items: minutes(8, 9), next: null }))[0]).toBe("m8");
  });
});

it("what the customer can see is neither a note nor an event", () => {
  const note = message({ id: "n", direction: "internal", channel: "note" });
  const event = message({ id: "e", event: "call.ended" });
  expect(lastVisible([said(1), note, event])?.id).toBe("m1");
});

it("an author is named once for texts in a row, and for every mail", () => {
  expect(continues(said(2), said(1))).toBe(true);
  expect(continues(said(20), said(1))).toBe(false);
  expect(continues(message({ id: "b", channel: "email" }), message({ id: "a", channel: "email" }))).toBe(
    false,
  );
});
