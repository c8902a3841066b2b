import { describe, expect, it } from "vitest";
import { candidates } from "../../src/inbox/merge/candidates";
import { previewWords } from "../../src/inbox/merge/preview";
import { isEcho, stepOf } from "../../src/inbox/merge/steps";
import { EMPTY_THREAD, withMessages } from "../../src/inbox/thread/timeline";
import { conversation, message } from "../fake/company";

const JOSE = { id: "ct2", name: "José Ortiz", address: "jose@example.org" };
const NOW = Date.parse("2026-03-02T09:30:00Z");
const bill = conversation({ id: "c1", subject: "Bill", waiting_since: "2026-03-02T09:18:00Z" });
const late = conversation({
  id: "c2",
  subject: "Chairs",
  contact: JOSE,
  last_message_at: "2026-03-02T09:20:00Z",
});
const same = conversation({ id: "c3", subject: "Invoice 17" });

describe("what one can be merged into", () => {
  const offered = (known: ReturnType<typeof conversation>[], query = "") =>
    candidates(bill, known, query).map(({ id }) => id);

  it("begins with the same customer's, then the latest", () => {
    const older = conversation({ id: "c4", contact: JOSE, last_message_at: "2026-03-01T09:00:00Z" });
    expect(offered([older, late, same])).toEqual(["c3", "c2", "c4"]);
  });

  it("is found by any words of its name and subject, whatever their accents and order", () => {
    expect(offered([late, same], "chairs jose")).toEqual(["c2"]);
    expect(offered([late, same], "jose invoice")).toEqual([]);
  });

  it.each([
    ["itself", {}, "c1"],
    ["of another inbox", { inbox: "billing" }, "c5"],
    ["merged already", { merged_into: "c9" }, "c5"],
    ["closed, while this one is open", { status: "closed" as const }, "c5"],
  ])("is nothing that is %s", (_what, patch, id) => {
    expect(offered([conversation({ id, ...patch })])).toEqual([]);
  });

  it("may be closed where this one is closed too", () => {
    const closed = conversation({ id: "c5", status: "closed" });
    expect(candidates({ ...bill, status: "closed" }, [closed], "")).toEqual([closed]);
  });
});

describe("the preview of a merge", () => {
  const thread = withMessages(
    EMPTY_THREAD,
    ["m1", "m2", "m3"].map((id) => message({ id })),
  );

  it("says what goes where, how long it is and how long it waits", () => {
    expect(previewWords(bill, same, thread, NOW)).toBe(
      "Bill (3 messages, waiting 12 min) will go on in Invoice 17. Everything stays readable, and you can undo it.",
    );
  });

  it("names both customers where they are two", () => {
    expect(previewWords(bill, late, thread, NOW)).toContain("two customers: Maria Lopez and José Ortiz.");
  });

  it("does not pretend to know a length that is not loaded", () => {
    expect(previewWords(bill, same, { ...thread, older: "cursor" }, NOW)).toContain("more than 3 messages");
    expect(previewWords({ ...bill, waiting_since: null }, same, EMPTY_THREAD, NOW)).toMatch(
      /^Bill will go on/,
    );
  });
});

describe("a line about another conversation", () => {
  it.each([
    ["merged", "Ana into Ruiz merged this into x1", ["Ana into Ruiz merged this into ", "x1", ""]],
    ["merged", "Ana merged x1 into this", ["Ana merged ", "x1", " into this"]],
    ["parted", "Ana took this out of x1", ["Ana took this out of ", "x1", ""]],
    ["parted", "Ana took x1 out of this", ["Ana took ", "x1", " out of this"]],
    ["split", "Ana moved 2 messages to x1", ["Ana moved 2 messages to ", "x1", ""]],
    ["begun", "Ana split this off from x1", ["Ana split this off from ", "x1", ""]],
  ])("of %s: %s", (step, text, [before, other, after]) => {
    expect(stepOf({ event: `conversation.${step}`, text })).toEqual({ before, other, after });
  });

  it("is no other event, and no sentence that is not understood", () => {
    expect(stepOf({ event: "call.ended", text: "Ana merged x1 into this" })).toBeNull();
    expect(stepOf({ event: "conversation.merged", text: "Verschmolzen" })).toBeNull();
  });

  it("is shown once where both sides stand in one timeline", () => {
    const line = message({
      id: "l1",
      conversation: "c1",
      event: "conversation.merged",
      text: "Ana merged this into c2",
    });
    expect([isEcho(line, "c2"), isEcho(line, "c1")]).toEqual([true, false]);
  });
});
