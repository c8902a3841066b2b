import { describe, expect, it } from "vitest";
import {
  added,
  changed,
  changedChoice,
  languagesOf,
  removed,
  renamed,
  withChoice,
} from "../../src/ivr/document";
import { begun, edited, redone, undone } from "../../src/ivr/history";
import { inOrder, waysOf } from "../../src/ivr/node-list";
import { shortened, spelledOut } from "../../src/ivr/prompt";
import type { Node } from "../../src/ivr/types";
import { MENU } from "../fake/menus";

const node = (menu: typeof MENU, name: string): Node => menu.nodes[name] as Node;

describe("a menu that is edited", () => {
  it("leaves the one before as it was", () => {
    const before = structuredClone(MENU);
    changed(MENU, "bills", { label: "invoice" });
    renamed(MENU, "bills", "invoices");
    removed(MENU, "bills");
    withChoice(MENU, "main");
    expect(MENU).toEqual(before);
  });

  it("keeps every way to a node that is renamed, and its place in the list", () => {
    const menu = renamed(MENU, "bills", "invoices");
    expect(Object.keys(menu.nodes)).toEqual(["main", "invoices", "spanish"]);
    expect(node(menu, "main").otherwise).toBe("invoices");
    expect(node(menu, "main").choices?.[0]?.to).toBe("invoices");
    expect(node(menu, "spanish").to).toBe("invoices");
    expect(renamed(MENU, "main", "first").start).toBe("first");
  });

  it.each(["main", "Bills", "", "a b", "1st"])("refuses “%s” as a name", (name) => {
    expect(renamed(MENU, "bills", name)).toBe(MENU);
  });

  it("leads nowhere where a node was removed", () => {
    const menu = removed(MENU, "bills");
    expect(node(menu, "main").otherwise).toBe("");
    expect(node(menu, "main").choices?.map(({ to }) => to)).toEqual(["", "spanish"]);
    expect(removed(MENU, "main").start).toBe("");
  });

  it("gives a new node a free name and a new choice a free key", () => {
    const once = added(MENU, "call_back");
    expect(once.name).toBe("call-back");
    expect(added(once.menu, "call_back").name).toBe("call-back-2");
    expect(node(withChoice(MENU, "main"), "main").choices?.[2]?.digit).toBe("3");
  });

  it("leaves out what says nothing", () => {
    expect(node(changed(MENU, "bills", { label: "", requires: {} }), "bills")).toEqual({ kind: "queue" });
    expect(changedChoice(MENU, "main", 0, { words: [] }).nodes.main?.choices?.[0]).toEqual({
      digit: "1",
      label: "billing",
      to: "bills",
    });
  });

  it("knows the languages that callers may hear", () => {
    expect(languagesOf(MENU)).toEqual(["en-US", "es-US"]);
  });
});

describe("a menu in words", () => {
  it("tells where each node leads", () => {
    expect(waysOf(node(MENU, "main"))).toEqual([
      ["1 billing", "bills"],
      ["2 Spanish", "spanish"],
      ["Not understood, in the end", "bills"],
    ]);
    expect(waysOf({ kind: "hours", open: "bills" })).toEqual([
      ["Open", "bills"],
      ["Closed", ""],
    ]);
  });

  it("lists what is nearest to the start first, and what nobody reaches last", () => {
    const { menu } = added({ ...MENU, start: "spanish" }, "message");
    expect(inOrder(menu)).toEqual(["spanish", "bills", "main", "message"]);
  });
});

describe("a prompt", () => {
  it.each([
    ["Hello", { "en-US": { text: "Hello" } }],
    [{ audio: "/sounds/a.mp3" }, { "en-US": { audio: "/sounds/a.mp3" } }],
    [
      { "en-US": "Hello", "es-US": { audio: "https://x.example/a.mp3", text: "Hola" } },
      { "en-US": { text: "Hello" }, "es-US": { audio: "https://x.example/a.mp3", text: "Hola" } },
    ],
  ])("is spelled out and shortened again: %j", (short, long) => {
    expect(spelledOut(short, "en-US")).toEqual(long);
    expect(shortened(spelledOut(short, "en-US"), "en-US")).toEqual(short);
  });

  it("in another language alone keeps the name of the language", () => {
    expect(shortened({ "es-US": { text: "Hola" } }, "en-US")).toEqual({ "es-US": "Hola" });
  });

  it("that says nothing is empty", () => {
    expect(shortened({ "en-US": { text: "" } }, "en-US")).toBe("");
    expect(spelledOut(undefined, "en-US")).toEqual({});
  });
});

describe("the steps of an edit", () => {
  const other = { ...MENU, start: "bills" };
  const third = { ...MENU, start: "spanish" };

  it("are undone and done again", () => {
    const history = edited(begun(MENU), other, "");
    expect(undone(history).now).toBe(MENU);
    expect(redone(undone(history)).now).toBe(other);
    expect(redone(history)).toBe(history);
    expect(undone(begun(MENU)).now).toBe(MENU);
  });

  it("are one step while somebody types in one field", () => {
    const typed = edited(edited(begun(MENU), other, "main.label"), third, "main.label");
    expect(undone(typed).now).toBe(MENU);
    expect(undone(edited(typed, MENU, "bills.label")).now).toBe(third);
  });
});
