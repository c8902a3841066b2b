// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadList } from "../../src/inbox/loading";
import Explanation from "../../src/inbox/routing/why/explanation";
import { useApp } from "../../src/app-context";
import { putConversations } from "../../src/store";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";
import { explanation } from "../fake/routing";
import { clear, click, find, named, settled, show } from "../screen";

let { app, fake }: Bench = bench();
const HEAD = conversation({ id: "c1", assignee: null });
const text = () => document.body.textContent;
const looks = () => fake.requests.filter((each) => each === "GET /conversations/c1/routing").length;

function Side() {
  const head = useApp().store.conversations.value.get("c1");
  return head ? <Explanation conversation={head} /> : null;
}

async function open(patch: Parameters<typeof explanation>[1] = {}): Promise<void> {
  fake.explained.set("c1", explanation(HEAD, patch));
  await show(app, <Side />);
  await act(settled);
}

beforeEach(async () => {
  ({ app, fake } = bench("#/unassigned/c1"));
  fake.change("c1", { assignee: null, routing: "WAITING" });
  await loadList(app, "unassigned");
});
afterEach(() => {
  clear();
  vi.useRealTimers();
});

it("answers first, and then says what it asks for, its place, and why no wait is expected", async () => {
  await open();
  expect(find(".why-sentence").textContent).toContain("Nobody can take it now");
  const facts = [...document.querySelectorAll(".facts > div")].map((each) => each.textContent);
  expect(facts).toContain("Asks forFrench 2");
  expect(facts).toContain("Place3rd of 12 who ask for the same");
  expect(facts).toContain("ExpectedNot knownFewer than 3 have left this line lately.");
  expect([...document.querySelectorAll(".why-people li")].map((each) => each.textContent)).toEqual([
    "–Ben Okafor has 3 of 3 texts",
    "–Chloé Martin is away (Lunch)",
  ]);
});

it("says the range with what it is judged by, who declined, and what was decided", async () => {
  const basis = "Four in five waits are within this range.";
  const sentence = "Nobody could take it.";
  await open({
    expected: { least_minutes: 4, most_minutes: 11, words: "4 to 11 min", basis },
    declined: [{ agent: "ben", name: "Ben Okafor", at: "2026-03-02T09:20:00Z" }],
    decided: {
      at: "2026-03-02T09:00:00Z",
      agent: null,
      name: null,
      why: "nobody",
      sentence,
      order: [],
      refused: [],
    },
    rules: ["French texts"],
    heated: { heated: true, signs: ["capitals: 80 % of the letters"], by: "" },
  });
  expect(text()).toContain(`4 to 11 min${basis}`);
  expect(text()).toMatch(/DeclinedBen Okafor at /);
  expect(text()).toContain(sentence);
  expect(text()).toContain("RuleFrench texts");
  expect(text()).toContain("HeatedCapitals: 80 % of the letters.");
});

it("is read again when the conversation changes, and not for its looks", async () => {
  await open();
  await act(async () => {
    putConversations(app.store, [{ ...HEAD, band: 1 }]);
    await settled();
  });
  expect(looks()).toBe(2);
  await act(async () => {
    putConversations(app.store, [{ ...HEAD, band: 1, subject: "Bill" }]);
    await settled();
  });
  expect(looks()).toBe(2);
});

describe("while it is looked at", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  });
  const after = (ms: number) =>
    act(async () => {
      vi.advanceTimersByTime(ms);
      await settled();
    });

  it("is read again every quarter of a minute", async () => {
    await open();
    await after(14_000);
    expect(looks()).toBe(1);
    await after(1_000);
    expect(looks()).toBe(2);
  });

  it("is read again when something was to open, which is counted down to", async () => {
    const words = "In 8 s French is not needed any more.";
    await open({ step: { index: 0, next_in_seconds: 8, next_requires: {}, words }, coming: [words] });
    await after(3_000);
    expect(find(".why-coming").textContent).toBe("In 0:05 French is not needed any more.");
    await after(6_000);
    expect(looks()).toBe(2);
  });

  it("that fails keeps what was known, says since when, and how to go on", async () => {
    await open();
    vi.spyOn(app.api, "routing").mockRejectedValueOnce(new Error("The server is away."));
    await after(15_000);
    expect(find("[role=alert]").textContent).toContain("The server is away. This was true at");
    expect(find(".why-sentence").textContent).toContain("Nobody can take it now");
    await click(named("Try again"));
    expect(document.querySelector("[role=alert]")).toBeNull();
  });
});

it("that never came says so, and tries again", async () => {
  vi.spyOn(app.api, "routing").mockRejectedValueOnce(new Error("The server is away."));
  await open();
  expect(find("[role=alert]").textContent).toContain("The explanation did not load");
  await click(named("Try again"));
  expect(find(".why-sentence").textContent).toContain("Nobody can take it now");
});
