// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadThread } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { message } from "../fake/company";
import { clear, find, named, settled, write } from "../screen";
import { choose, composer, field, MARIA, open, send, sent, tap } from "./desk";

let desk: Bench = bench();

const asked = () => desk.fake.requests.filter((request) => request.includes("/texting")).length;

beforeEach(() => {
  desk = bench();
});
afterEach(clear);

describe("a text that is begun", () => {
  it("is asked about once, however much is written", async () => {
    await open(desk);
    await write("textarea", "T");
    await write("textarea", "To");
    expect(asked()).toBe(1);
  });

  it("says what it costs", async () => {
    await open(desk);
    await write("textarea", "Tomorrow");
    expect(composer()).toContain("1 text, 152 left, about $0.0083");
  });

  it("goes on where the server cannot say how it stands", async () => {
    desk.fake.texting.numbers.set("c1", ["nobody"]);
    await open(desk);
    expect(composer()).toContain("Whether this customer takes texts is not known.");
    await write("textarea", "Tomorrow");
    await send();
    expect(sent(desk)).toBe(1);
  });

  it("goes to the number that the agent chooses", async () => {
    desk.fake.texting.numbers.set("c1", [MARIA, "+15550199"]);
    await open(desk);
    await choose(".number-choice select", "+15550199");
    expect(desk.fake.requests.at(-1)).toContain("/conversations/c1/texting");
    await write("textarea", "Tomorrow");
    let number: string | undefined;
    const { reply } = desk.app.api;
    desk.app.api.reply = (id, body) => {
      ({ number } = body);
      return reply(id, body);
    };
    await send();
    expect(number).toBe("+15550199");
  });
});

describe("a customer who opted out", () => {
  beforeEach(() => desk.fake.texting.say(MARIA, "out", "keyword", "STOP", "2026-03-01T09:00:00Z"));

  it("gets no text, and the composer says why, since when and what works", async () => {
    await open(desk);
    expect(composer()).toMatch(/The customer opted out with “STOP” on .*1\. A call still works\./);
    expect(field().readOnly).toBe(true);
    await send();
    expect(sent(desk)).toBe(0);
  });

  it("is called from there", async () => {
    await open(desk);
    await tap(named("Call instead"));
    expect(desk.app.store.calls.dialog.value).toEqual({ kind: "dial", conversation: "c1", number: MARIA });
  });

  it("stays opted out for an agent, who may read what was said", async () => {
    await open(desk);
    await tap(named("Show the history"));
    expect(find(".statements").textContent).toContain("opted out with “STOP”");
    expect(document.querySelector("dialog textarea")).toBeNull();
  });

  it("gets texts again once a lead has said why", async () => {
    desk.fake.me = { ...desk.fake.me, role: "lead" };
    desk.app.store.me.value = desk.fake.me;
    await open(desk);
    await tap(named("They want texts again"));
    const submit = () =>
      find("dialog form").dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
    await act(async () => void (submit(), await settled()));
    expect(find("dialog [role=alert]").textContent).toContain("Say how you know");
    await write("dialog textarea", "Wrote so by mail");
    await act(async () => void (submit(), await settled()));
    await act(settled);
    expect(field().readOnly).toBe(false);
    expect(desk.fake.texting.said.get(MARIA)?.[0]).toMatchObject({ state: "in", source: "agent" });
  });

  it("is asked about anew when a keyword comes", async () => {
    await open(desk);
    desk.fake.texting.say(MARIA, "in", "keyword", "START", "2026-03-02T09:10:00Z");
    desk.fake.receive(
      message({ id: "m2", at: "2026-03-02T09:10:00Z", text: "START", event: "consent.start" }),
    );
    await act(() => loadThread(desk.app, "c1"));
    await act(settled);
    expect(field().readOnly).toBe(false);
    expect(find(".timeline").textContent).toContain(
      "The customer texted “START”. Texts may go to them again.",
    );
  });
});
