// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Bench, bench } from "../app";
import { BY_EVA, mail, message } from "../fake/company";
import { clear, find, isThere, named, settled, write } from "../screen";
import { by, MARIA, open, send, tap } from "./desk";

let desk: Bench = bench();

beforeEach(() => {
  desk = bench();
  desk.fake.change("c1", { channels: ["email", "sms"] });
  desk.fake.receive(
    message({ id: "e1", channel: "email", author: BY_EVA, mail: mail(), at: "2026-03-01T09:00:00Z" }),
  );
});
afterEach(clear);

it("an answer to the question of the hour does not count for a mail", async () => {
  desk.fake.texting.quiet.set(MARIA, "2026-03-02T13:00:00Z");
  await open(desk);
  await write("textarea", "Tomorrow");
  await send();
  expect(isThere("Send anyway")).toBe(true);
  await by("Email");
  expect([isThere("Send anyway"), isThere("Send")]).toEqual([false, true]);
});

it("a mail in the place of a text is begun as every answer, with whom it goes to", async () => {
  desk.fake.texting.say(MARIA, "out", "keyword", "STOP", "2026-03-01T09:00:00Z");
  await open(desk);
  await tap(named("Write a mail"));
  await act(settled);
  expect(document.activeElement).toBe(find("textarea"));
  expect(desk.fake.requests.some((request) => request.includes("/messages/e1/reply"))).toBe(true);
});
