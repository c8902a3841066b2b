// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import NewText from "../../src/inbox/texting/new-text";
import { NEW_TEXT } from "../../src/inbox/composer/outgoing-new";
import { formatRoute, parseRoute } from "../../src/route";
import { type Bench, bench } from "../app";
import { clear, click, find, isThere, named, press, settled, show, write } from "../screen";

let { app, fake }: Bench = bench();
const page = () => find("section").textContent ?? "";
const to = () => find("input[type=tel]");
const draft = () => app.store.drafts.value.get(NEW_TEXT);
const started = () => fake.requests.filter((request) => request === "POST /conversations").length;

async function number(written: string): Promise<void> {
  await write("input[type=tel]", written);
  await act(async () => {
    to().dispatchEvent(new Event("blur"));
    await settled();
  });
}

async function send(text: string): Promise<void> {
  await write("textarea", text);
  await press(find("textarea"), "Enter", { ctrlKey: true });
  await act(settled);
}

beforeEach(async () => {
  ({ app, fake } = bench("#/mine/new-text"));
  await show(app, <NewText />);
});
afterEach(clear);

it("has an address of its own", () => {
  expect(parseRoute("#/mine/new-text")).toEqual({ view: "mine", conversation: null, writing: "text" });
  expect(formatRoute({ view: "all", conversation: null, writing: "text" })).toBe("#/all/new-text");
});

it("has the number read by the server when it is left, not while it is typed", async () => {
  await write("input[type=tel]", "(415) 555-2671");
  expect(fake.requests).toEqual([]);
  await number("(415) 555-2671");
  expect(fake.requests).toEqual(["POST /texting"]);
  expect(page()).toContain("+1 415 555 2671, United States");
  expect(page()).toContain("Store. Reply STOP to opt out.");
});

it("says what is wrong with a number", async () => {
  await number("12");
  expect(to().getAttribute("aria-invalid")).toBe("true");
  expect(page()).toContain("“12” is no telephone number.");
});

it("opens the conversation once the server has it", async () => {
  await number("(415) 555-2671");
  await send("Your bike is ready.");
  expect(started()).toBe(1);
  expect(window.location.hash).toMatch(/^#\/mine\/c\d/);
  expect(draft()?.reply).toBe("");
});

it("offers the conversation that is open already, and takes the words there", async () => {
  await number("+15550100");
  await send("Your bike is ready.");
  expect(page()).toContain("This customer has an open conversation.");
  await click(named("Open it"));
  expect(window.location.hash).toBe("#/all/c1");
  expect(app.store.drafts.value.get("c1")).toMatchObject({ reply: "Your bike is ready.", channel: "sms" });
});

it("writes beside it when that is meant", async () => {
  await number("+15550100");
  await send("Your bike is ready.");
  await click(named("Write anyway"));
  expect(started()).toBe(2);
  expect(fake.messages.at(-1)?.text).toBe("Your bike is ready.");
});

it("asks about the quiet hours first", async () => {
  fake.texting.quiet.set("+14155552671", "2026-03-02T13:00:00Z");
  await number("+14155552671");
  await send("Your bike is ready.");
  expect([started(), isThere("Send anyway")]).toEqual([0, true]);
  await press(find("textarea"), "Enter", { ctrlKey: true });
  expect(started()).toBe(1);
});

it("goes to nobody who opted out", async () => {
  fake.texting.say("+14155552671", "out", "keyword", "STOP", "2026-03-01T09:00:00Z");
  await number("+14155552671");
  await send("Your bike is ready.");
  expect(started()).toBe(0);
  expect(page()).toContain("The customer opted out with “STOP”");
});

it("on WhatsApp takes a template", async () => {
  await number("+14155552671");
  await act(async () => {
    const [, whatsapp] = document.querySelectorAll(".channels input");
    whatsapp?.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  });
  await act(settled);
  expect(document.querySelector("textarea")).toBeNull();
  await act(() => {
    const select = find(".templates select") as HTMLSelectElement;
    select.value = fake.texting.templates[1]?.sid ?? "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await click(named("Send"));
  expect(fake.messages.at(-1)).toMatchObject({ channel: "whatsapp", text: fake.texting.templates[1]?.body });
});
