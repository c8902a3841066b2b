// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MENU } from "../fake/menus";
import { app, begin, button, end, fake, labelled, leave, press, settled, show, text } from "./screen";

beforeEach(begin);
afterEach(end);

describe("two admins at once", () => {
  const theirs = { ...MENU, start: "spanish" };

  async function conflict(): Promise<void> {
    await show();
    await press("Add a choice");
    fake.menus.overtake(theirs);
    await press("Save");
    await settled();
  }

  it("overwrite nothing, and the second is told who was faster", async () => {
    await conflict();
    expect(document.querySelector("[role=alert]")?.textContent).toContain(
      "Kim Berg has changed this menu meanwhile.",
    );
    expect(fake.menus.menu).toEqual(theirs);
    expect(button("Save").disabled).toBe(true);
  });

  it("the second may take theirs, and has their own back by undo", async () => {
    await conflict();
    await press("Take theirs (undo brings mine back)");
    await settled();
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(2);
    await press("Undo");
    expect(document.querySelectorAll(".ivr-choice")).toHaveLength(3);
  });

  it("the second may keep theirs knowingly", async () => {
    await conflict();
    await press("Keep mine and look again");
    await settled();
    expect(text()).toContain("Not saved yet.");
  });
});

describe("who may do what", () => {
  it("a lead reads and changes nothing", async () => {
    fake.menus.role = "lead";
    await show();
    expect(text()).toContain("Only admins change voice menus.");
    expect(labelled<HTMLTextAreaElement>("Words (en-US)").readOnly).toBe(true);
    expect(() => button("Save")).toThrow();
    expect(() => button("Add a choice")).toThrow();
  });

  it("an inbox without a menu begins with one that takes a message", async () => {
    fake.menus.menu = null;
    await show();
    expect(text()).toContain("Callers wait in line at once.");
    await press("Begin a menu");
    await press("Save");
    await settled();
    expect(fake.menus.menu).toMatchObject({ start: "message", nodes: { message: { kind: "voicemail" } } });
  });

  it("a menu that cannot be read is said, with a way on", async () => {
    const answer = fake.menus.answer.bind(fake.menus);
    fake.menus.answer = () => ({ status: 503, body: { error: { message: "The table does not answer." } } });
    await show();
    expect(text()).toContain("The table does not answer.");
    fake.menus.answer = answer;
    await press("Try again");
    await settled();
    expect(document.querySelectorAll(".ivr-box")).toHaveLength(3);
  });
});

describe("a draft", () => {
  it("is waiting when somebody leaves, and they are told", async () => {
    await show();
    await press("Add a choice");
    await leave();
    expect(app.store.toasts.value.at(-1)?.text).toBe(
      "Your changes to the voice menu of Support are not saved.",
    );
  });

  it("makes the browser ask before it closes", async () => {
    await show();
    const quiet = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(quiet);
    expect(quiet.defaultPrevented).toBe(false);
    await press("Add a choice");
    const asked = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(asked);
    expect(asked.defaultPrevented).toBe(true);
  });

  it("can be walked with the arrow keys", async () => {
    await show();
    const rows = [...document.querySelectorAll<HTMLElement>(".ivr-row")];
    rows[0]?.focus();
    await act(
      () => void rows[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true })),
    );
    expect(document.activeElement).toBe(rows[1]);
  });
});
