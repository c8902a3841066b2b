import { describe, expect, it, vi } from "vitest";
import type { Change, Changes } from "../../src/api/types";
import { delayBefore } from "../../src/live/backoff";
import { createFeed } from "../../src/live/feed";

const changed = (id: string): Change => ({ kind: "conversation", conversation: id, agent: null });
const page = (next: string, ...items: Change[]): Changes => ({ items, next, reset: false });

function feedOf(...pages: (Changes | Error)[]) {
  const reader = vi.fn(async (_after: string | null): Promise<Changes> => {
    const answer = pages.shift() ?? page("end");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const apply = vi.fn(async (_changes: Change[], _reset: boolean) => undefined);
  return { feed: createFeed(reader, apply), reader, apply };
}

describe("the change feed", () => {
  it("only learns the cursor at first", async () => {
    const { feed, reader, apply } = feedOf(page("7"));
    await feed.read();
    expect(reader.mock.calls).toEqual([[null]]);
    expect(apply).not.toHaveBeenCalled();
  });

  it("reads on from its cursor until nothing is left", async () => {
    const { feed, reader, apply } = feedOf(
      page("7"),
      page("8", changed("a")),
      page("9", changed("b")),
      page("9"),
    );
    await feed.read();
    await feed.read();
    expect(reader.mock.calls.flat()).toEqual([null, "7", "8", "9"]);
    expect(apply.mock.calls.map(([changes]) => changes[0]?.conversation)).toEqual(["a", "b"]);
  });

  it("answers a hundred hints at once with one more reading", async () => {
    const { feed, reader } = feedOf(page("7"));
    await Promise.all(Array.from({ length: 100 }, () => feed.read()));
    expect(reader.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it("passes on that the cursor was lost", async () => {
    const { feed, apply } = feedOf(page("7"), { items: [], next: "90", reset: true });
    await feed.read();
    await feed.read();
    expect(apply).toHaveBeenCalledWith([], true);
  });

  it("starts from scratch when even the first reading failed", async () => {
    const { feed, apply } = feedOf(new Error("away"), page("7"));
    await expect(feed.read()).rejects.toThrow("away");
    await feed.read();
    expect(apply).toHaveBeenCalledWith([], true);
  });

  it("keeps its cursor through a failure", async () => {
    const { feed, reader } = feedOf(page("7"), new Error("away"));
    await feed.read();
    await expect(feed.read()).rejects.toThrow("away");
    await feed.read();
    expect(reader.mock.calls.flat()).toEqual([null, "7", "7"]);
  });
});

it("reconnecting waits longer each time, never too long, and never all at once", () => {
  expect([0, 1, 2, 3, 10].map((attempt) => delayBefore(attempt, 1))).toEqual([1000, 2000, 4000, 8000, 30000]);
  expect(delayBefore(2, 0)).toBe(2000);
  expect(delayBefore(2, 0.5)).toBe(3000);
});
