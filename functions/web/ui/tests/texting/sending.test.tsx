// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench } from "../app";
import { message } from "../fake/company";
import { clear, find, isThere, named, write } from "../screen";
import { by, choose, composer, MARIA, open, send, sent, tap } from "./desk";

let desk: Bench = bench();

beforeEach(() => {
  desk = bench();
});
afterEach(clear);

describe("in the quiet hours of the customer", () => {
  beforeEach(() => desk.fake.texting.quiet.set(MARIA, "2026-03-02T13:00:00Z"));

  it("a text is asked about first, and goes when it is meant", async () => {
    await open(desk);
    expect(composer()).toContain("It is 22:40 in New York");
    await write("textarea", "Tomorrow");
    await send();
    expect([sent(desk), find("[role=alert]").textContent]).toEqual([
      0,
      expect.stringContaining("Send anyway?"),
    ]);
    expect(isThere("Send anyway")).toBe(true);
    await send();
    expect(sent(desk)).toBe(1);
    expect(find(".timeline").textContent).toContain("Tomorrow");
  });

  it("that began meanwhile the refusal offers the same", async () => {
    desk.fake.texting.quiet.clear();
    await open(desk);
    desk.fake.texting.quiet.set(MARIA, "2026-03-02T13:00:00Z");
    await write("textarea", "Tomorrow");
    await send();
    expect(find(".pending").textContent).toContain("It is 22:40 in New York");
    await tap(named("Send anyway"));
    expect(document.querySelector(".pending")).toBeNull();
  });
});

describe("WhatsApp", () => {
  it("takes a template outside of its day, shows how it reads and keeps what was written", async () => {
    await open(desk);
    await write("textarea", "Half a text");
    await by("WhatsApp");
    expect(composer()).toContain("has not written on WhatsApp yet");
    await choose(".templates select", desk.fake.texting.templates[0]?.sid ?? "");
    expect(composer()).toContain("Fill in place 1.");
    const [one, two] = [...document.querySelectorAll<HTMLInputElement>(".templates input")];
    await write(`#${one?.id}`, "Maria");
    await write(`#${two?.id}`, "Friday");
    expect(find(".template-preview").textContent).toBe(
      "Hello Maria, your parcel has arrived at our shop. You can pick it up until Friday.",
    );
    await tap(named("Send"));
    expect(find(".timeline").textContent).toContain("Hello Maria, your parcel has arrived");
    expect(desk.app.store.drafts.value.get("c1")?.reply).toBe("Half a text");
  });

  it("takes free words for a day, or a template all the same", async () => {
    desk.fake.change("c1", { channels: ["whatsapp"], whatsapp_until: "2026-03-02T20:00:00Z" });
    desk.fake.messages = [message({ id: "m1", channel: "whatsapp", text: "Hola" })];
    await open(desk);
    expect(composer()).toContain("Free to write until");
    await tap(named("Use a template"));
    expect(document.querySelector(".templates")).not.toBeNull();
    await tap(named("Write freely"));
    await write("textarea", "Hola");
    await send();
    expect(sent(desk)).toBe(1);
  });
});

it("the first text to somebody says what will stand below it, and counts it", async () => {
  desk.fake.messages = [
    message({ id: "m1", channel: "voice", author: { kind: "contact", id: "x", name: "", address: "" } }),
  ];
  desk.fake.change("c1", { channels: ["voice"], contact: { id: "ct1", name: "", address: MARIA } });
  await open(desk);
  expect(find(".notice").textContent).toContain("Store. Reply STOP to opt out.");
  await write("textarea", "Hello");
  expect(composer()).toContain("1 text, 124 left");
});
