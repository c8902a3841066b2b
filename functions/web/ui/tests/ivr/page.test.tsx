// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MENU } from "../fake/menus";
import {
  begin,
  button,
  checkedAgain,
  end,
  fake,
  labelled,
  press,
  row,
  settled,
  show,
  text,
  type,
} from "./screen";

beforeEach(begin);
afterEach(end);

describe("the page of a voice menu", () => {
  it("shows the menu as a diagram and as a list, and the form of where calls begin", async () => {
    await show();
    expect(document.querySelectorAll(".ivr-box")).toHaveLength(3);
    expect([...document.querySelectorAll(".ivr-row strong")].map((each) => each.textContent)).toEqual([
      "main",
      "bills",
      "spanish",
    ]);
    expect(labelled<HTMLTextAreaElement>("Words (en-US)").value).toBe(
      "For a bill, press 1. Para español, 2.",
    );
    expect(text()).toContain("Nothing is wrong with it.");
  });

  it("stores what was changed, and says that it is stored", async () => {
    await show();
    await row("bills");
    await type("Is about", "invoice");
    expect(text()).toContain("Not saved yet.");
    await press("Save");
    await settled();
    expect(fake.menus.menu?.nodes.bills?.label).toBe("invoice");
    expect(text()).toContain("Saved by Ana Ruiz");
    expect(button("Save").disabled).toBe(true);
  });

  it("finds while somebody types what would lose callers, beside the field, and does not store it", async () => {
    await show();
    await type("Not understood, in the end", "");
    await checkedAgain();
    expect(labelled("Not understood, in the end").parentElement?.textContent).toContain("it leads to “”");
    expect(text()).toContain("1 error: it cannot be saved like this.");
    await press("Save");
    await settled();
    expect(document.querySelector("[role=alert]")?.textContent).toContain("main: it leads to “”.");
    expect(fake.menus.menu).toEqual(MENU);
  });

  it("asks once for many keystrokes", async () => {
    await show();
    const asked = () => fake.requests.filter((each) => each.startsWith("POST /inboxes")).length;
    await row("bills");
    for (const typed of ["i", "in", "inv"]) await type("Is about", typed);
    await checkedAgain();
    expect(asked()).toBe(1);
  });

  it("adds a node, connects it, and removes it again", async () => {
    await show();
    await type("Add a node", "message");
    expect(document.querySelector(".ivr-form")?.getAttribute("aria-label")).toBe("Node message");
    await row("main");
    await type("Not understood, in the end", "message");
    await row("message");
    await press("Remove this node");
    await row("main");
    expect(labelled<HTMLSelectElement>("Not understood, in the end").value).toBe("");
  });

  it("renames a node with everything that leads there when its field is left", async () => {
    await show();
    await row("bills");
    await type("Name", "invoices");
    await act(() => void labelled("Name").dispatchEvent(new Event("blur")));
    await row("main");
    expect(labelled<HTMLSelectElement>("Not understood, in the end").value).toBe("invoices");
  });

  it("adds a choice with a free key and its words", async () => {
    await show();
    await press("Add a choice");
    const words = [...document.querySelectorAll("label")].filter((each) =>
      each.textContent?.startsWith("Or says"),
    );
    const field = document.getElementById(words[2]?.htmlFor ?? "") as HTMLInputElement;
    await act(() => {
      field.value = "help, my bike,";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    expect(field.value).toBe("help, my bike,");
    await press("Save");
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(3);
    expect(fake.requests.at(-1)).toBe("PUT /inboxes/support/ivr");
  });

  it("undoes and does again", async () => {
    await show();
    await press("Add a choice");
    await press("Undo");
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(2);
    expect(text()).not.toContain("Not saved yet.");
    await press("Redo");
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(3);
  });

  it("has keys for saving and undoing, and leaves a text field its own undo", async () => {
    await show();
    const hit = (key: string, target: EventTarget = document.body) =>
      act(
        () => void target.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true })),
      );
    await press("Add a choice");
    await hit("z", labelled("Name"));
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(3);
    await hit("z");
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(2);
    await row("bills");
    await type("Is about", "invoice");
    await hit("s");
    await settled();
    expect(fake.menus.menu?.nodes.bills?.label).toBe("invoice");
  });

  it("says each language that callers may choose", async () => {
    await show();
    await type("Words (es-US)", "Para facturas, 1.");
    await press("Save");
    await settled();
    expect(fake.menus.menu?.nodes.main?.prompt).toEqual({
      "en-US": "For a bill, press 1. Para español, 2.",
      "es-US": "Para facturas, 1.",
    });
  });
});
