import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOwner } from "../../src/calls/phone/owner";
import { fakeLocks } from "../fake/locks";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function tab(locks: Pick<LockManager, "request"> | undefined) {
  const said: string[] = [];
  const owner = createOwner({
    locks,
    name: "phone",
    gained: () => void said.push("gained"),
    lost: () => void said.push("lost"),
  });
  return { owner, said };
}

const soon = () => vi.advanceTimersByTimeAsync(1_000);

it("the first tab has the phone, the second stands behind it", async () => {
  const locks = fakeLocks();
  const [one, other] = [tab(locks), tab(locks)];
  one.owner.claim();
  other.owner.claim();
  await soon();
  expect([one.said, other.said]).toEqual([["gained"], ["lost"]]);
});

it("the next tab follows when the first is closed", async () => {
  const locks = fakeLocks();
  const [one, other] = [tab(locks), tab(locks)];
  one.owner.claim();
  other.owner.claim();
  await soon();
  one.owner.release();
  await soon();
  expect(other.said).toEqual(["lost", "gained"]);
});

it("a tab that takes the phone leaves the other in line, and it comes back", async () => {
  const locks = fakeLocks();
  const [one, other] = [tab(locks), tab(locks)];
  one.owner.claim();
  other.owner.claim();
  await soon();
  other.owner.claim(true);
  await soon();
  expect([one.said, other.said]).toEqual([
    ["gained", "lost", "lost"],
    ["lost", "gained"],
  ]);
  other.owner.release();
  await soon();
  expect(one.said.at(-1)).toBe("gained");
});

it("a tab that has given up is not told any more", async () => {
  const locks = fakeLocks();
  const [one, other] = [tab(locks), tab(locks)];
  one.owner.claim();
  other.owner.claim();
  other.owner.release();
  await soon();
  one.owner.release();
  await soon();
  expect(other.said).toEqual([]);
});

it("where a browser has no locks every tab is on its own", () => {
  const { owner, said } = tab(undefined);
  owner.claim();
  expect(said).toEqual(["gained"]);
});
