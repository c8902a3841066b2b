import { describe, expect, it } from "vitest";
import { belongs, neighbour, placed, refreshed } from "../../src/inbox/list/arrange";
import type { List } from "../../src/store";
import { conversation } from "../fake/company";

const list = (ids: string[], next: string | null = null): List => ({
  ids,
  next,
  arrived: [],
  stale: false,
  phase: "ready",
  error: "",
});
const fresh = (ids: string[], next: string | null = null, changed: string[] = []) => ({
  ids,
  next,
  changed: new Set(changed),
});

describe("a refresh", () => {
  it("takes the server's order", () => {
    expect(refreshed(list(["a", "b"]), fresh(["b", "a"]), false).ids).toEqual(["b", "a"]);
  });

  it("keeps the pages below the first", () => {
    const joined = refreshed(list(["a", "b", "c", "d"], "after-d"), fresh(["n", "a"], "after-a"), false);
    expect(joined).toMatchObject({ ids: ["n", "a", "b", "c", "d"], next: "after-d" });
  });

  it("drops a row below the first page that has changed, since it may have left the view", () => {
    expect(refreshed(list(["a", "b", "c"], "after-c"), fresh(["a"], "after-a", ["b"]), false).ids).toEqual([
      "a",
      "c",
    ]);
  });

  it("shows exactly the first page when that is all there is", () => {
    expect(refreshed(list(["a", "b", "c"]), fresh(["a"]), false)).toMatchObject({ ids: ["a"], next: null });
  });

  it("moves nothing while the list is held, and says what came", () => {
    const held = refreshed(list(["a", "b"]), fresh(["n", "b"]), true);
    expect(held).toMatchObject({ ids: ["a", "b"], arrived: ["n"], stale: true });
  });

  it("fills an empty list even while it is held", () => {
    expect(refreshed(list([]), fresh(["a"]), true)).toMatchObject({ ids: ["a"], arrived: [], stale: false });
  });
});

describe("the agent's own action", () => {
  it("moves the row at once", () => {
    expect(placed(list(["a", "b"]), "a", false).ids).toEqual(["b"]);
    expect(placed(list(["b"]), "a", true).ids).toEqual(["a", "b"]);
  });

  it("leaves a row that belongs where it is", () => {
    expect(placed(list(["b", "a"]), "a", true).ids).toEqual(["b", "a"]);
  });
});

it.each([
  ["mine", { assignee: "ana" }, true],
  ["mine", { assignee: "ben" }, false],
  ["mine", { assignee: "ana", status: "closed" }, false],
  ["unassigned", { assignee: null }, true],
  ["unassigned", { assignee: "ben" }, false],
  ["all", { assignee: "ben" }, true],
  ["all", { assignee: null, status: "closed" }, false],
  ["closed", { assignee: "ben", status: "closed" }, true],
  ["closed", { assignee: "ben" }, false],
] as const)("%s shows %o: %s", (view, facts, expected) => {
  expect(belongs(view, conversation({ id: "c", ...facts }), "ana")).toBe(expected);
});

describe("J and K", () => {
  const ids = ["a", "b", "c"];

  it("go to the next and the one before, and stop at the ends", () => {
    expect([neighbour(ids, "b", 1, 1), neighbour(ids, "b", -1, 1)]).toEqual(["c", "a"]);
    expect([neighbour(ids, "c", 1, 2), neighbour(ids, "a", -1, 0)]).toEqual(["c", "a"]);
  });

  it("go on from where a conversation stood after it has left the list", () => {
    expect([neighbour(ids, "gone", 1, 1), neighbour(ids, "gone", -1, 1)]).toEqual(["b", "a"]);
    expect(neighbour(ids, "gone", 1, 9)).toBe("c");
  });

  it("find nothing in an empty list", () => {
    expect([neighbour([], null, 1, 0), neighbour([], "gone", 1, 0)]).toEqual([null, null]);
  });
});
