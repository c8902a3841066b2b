// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/api/types";
import { useApp } from "../../src/app-context";
import { loadList } from "../../src/inbox/loading";
import { Row } from "../../src/inbox/list/row";
import { ThreadHeader } from "../../src/inbox/thread/header";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";
import { clear, click, find, isThere, named, press, settled, show } from "../screen";

let { app, fake }: Bench = bench();
const now = () => fake.conversations.get("c1");
const key = (letter: string) => find(`[data-key="${letter}"]`);

function Head() {
  const head = useApp().store.conversations.value.get("c1");
  return head ? <ThreadHeader conversation={head} /> : null;
}

async function open(patch: Partial<Conversation> = {}): Promise<void> {
  fake.change("c1", patch);
  await loadList(app, "all");
  await show(app, <Head />);
}

beforeEach(() => {
  ({ app, fake } = bench("#/mine/c1"));
});
afterEach(clear);

describe("a heated conversation", () => {
  const HEATED = { heated: true, heat: ["angry words: “ridiculous”"] };

  it("says why, and that nobody is scored by it", async () => {
    await open(HEATED);
    const chip = named("Heated");
    const words = document.getElementById(chip.getAttribute("aria-describedby") ?? "")?.textContent;
    expect(words).toBe(
      "Angry words: “ridiculous”. It spreads hard conversations fairly; nobody is scored by it.",
    );
  });

  it("is corrected where it says so, and the mark goes", async () => {
    await open(HEATED);
    await click(named("Not heated"));
    expect(now()).toMatchObject({ heated: false, heat_by: "ana" });
    expect(isThere("Heated")).toBe(false);
  });

  it("is marked by H as well, and unmarked", async () => {
    await open();
    await click(key("h"));
    expect(now()?.heated).toBe(true);
    await click(key("h"));
    expect(now()?.heated).toBe(false);
  });

  it("puts its words away with Escape, and shows them again to who comes back", async () => {
    await open(HEATED);
    await press(named("Heated"), "Escape");
    expect(find(".heat").dataset.away).toBe("true");
    await act(() => {
      find(".heat").dispatchEvent(new Event("pointerenter"));
    });
    expect(find(".heat").dataset.away).toBe("false");
  });
});

describe("a priority", () => {
  it("of the usual kind is not spoken of", async () => {
    await open();
    expect(document.querySelector(".standing")).toBeNull();
  });

  it("that is another stands in the head, and leads to the dialog", async () => {
    await open({ band: 1, boost: 600 });
    expect(find(".standing").textContent).toBe("Priority: Urgent, 10 min ahead");
    await click(find(".standing button"));
    expect(app.store.routing.dialog.value).toEqual({ kind: "priority", conversation: "c1" });
  });
});

describe("snoozing from the menu", () => {
  it("takes two keys, leaves the list, and can be undone", async () => {
    await loadList(app, "mine");
    await open();
    await click(key("s"));
    await click(find("[role=menu] button"));
    expect(now()?.status).toBe("snoozed");
    expect(app.store.lists.mine.value.ids).toEqual([]);
    expect(find(".standing").textContent).toContain("Snoozed until");
    app.store.toasts.value.at(-1)?.action?.run();
    await act(settled);
    expect(now()?.status).toBe("open");
  });

  it("begins with waking where it sleeps", async () => {
    await open({ status: "snoozed", snoozed_until: "2026-03-02T12:00:00Z" });
    await click(key("s"));
    await click(find("[role=menu] button"));
    expect(now()?.status).toBe("open");
  });

  it("is not offered for what nobody has: that is taken first", async () => {
    await open({ assignee: null });
    expect(document.querySelector('[data-key="s"]')).toBeNull();
  });
});

describe("who has it", () => {
  it("a colleague is told in a dialog, oneself is not", async () => {
    await open();
    await click(key("a"));
    expect(document.querySelector("[role=menu]")?.textContent).toContain("Chloé MartinAway, lunch, back at");
    await click(named("Ben OkaforOnline"));
    expect(app.store.routing.dialog.value).toEqual({ kind: "hand-over", conversation: "c1", agent: "ben" });
    expect(now()?.assignee).toBe("ana");
  });

  it("goes back to the queue by Q", async () => {
    await open();
    await click(key("q"));
    expect(now()?.assignee).toBeNull();
  });

  it("a colleague's is not offered to an agent, who is told whom to ask", async () => {
    await open({ assignee: "ben" });
    expect(isThere("Take")).toBe(false);
    await click(key("a"));
    expect(find("[role=menu]").textContent).toBe("Why Ben?Ben has this: Ben or a lead can hand it over");
  });

  it("a colleague's is a lead's to take", async () => {
    app.store.me.value = { ...fake.me, role: "lead" };
    await open({ assignee: "ben" });
    await click(named("Take"));
    expect(now()?.assignee).toBe("ana");
  });
});

it("W asks why, and asks no more", async () => {
  await open();
  await click(key("w"));
  expect(app.store.routing.why.value).toBe(true);
  await click(key("w"));
  expect(app.store.routing.why.value).toBe(false);
});

it("a row says what stands out: heated, urgent, put aside", async () => {
  const head = conversation({
    id: "c1",
    heated: true,
    heat: ["capitals: 80 % of the letters"],
    band: 1,
    status: "snoozed",
    snoozed_until: "2026-03-02T12:00:00Z",
    waiting_since: "2026-03-02T09:00:00Z",
  });
  await show(app, <Row conversation={head} view="snoozed" />);
  expect(find(".heat-mark").title).toContain("Capitals: 80 % of the letters.");
  expect(find(".band").textContent).toBe("Urgent");
  expect(find(".when").textContent).toMatch(/^until /);
});
