// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Conversation } from "../../src/api/types";
import { followRinging } from "../../src/calls/alerts";
import { CallStrip } from "../../src/calls/strip";
import { loadList } from "../../src/inbox/loading";
import { Row } from "../../src/inbox/list/row";
import { ThreadPane } from "../../src/inbox/thread/thread";
import { listenToKeys } from "../../src/keys/keyboard";
import { applyChanges } from "../../src/live/refresh";
import { type Bench, bench } from "../app";
import { clear, click, find, isThere, named, press, settled, show } from "../screen";

let { app, fake }: Bench = bench();
let stop = () => {};
const NOBODY = { assignee: null, offered_to: null, offered_until: null, routing: "WAITING" };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const head = () => fake.conversations.get("c1");
const text = () => document.body.textContent ?? "";
const toasts = () => app.store.toasts.value.map((toast) => toast.text);

/** As routing does it: nobody's, and Ana is asked for so many seconds. */
async function offer(seconds = 24, patch: Partial<Conversation> = {}): Promise<void> {
  fake.change("c1", {
    ...NOBODY,
    routing: "OFFERED",
    offered_to: "ana",
    offered_until: inSeconds(seconds),
    preview: "Is it ready?",
    ...patch,
  });
  await act(async () => {
    await loadList(app, "all");
    await settled();
  });
}

/** The bar is fetched when it is first shown. */
async function shown(children: Parameters<typeof show>[1]): Promise<void> {
  await show(app, children);
  await vi.waitFor(() => expect(document.querySelector(".offer-bar")).not.toBeNull());
}

beforeEach(() => {
  ({ app, fake } = bench("#/mine"));
});
afterEach(() => {
  stop();
  stop = () => {};
  clear();
  vi.unstubAllGlobals();
});

describe("a message that is offered", () => {
  it("stands above the panes with its seconds, and is taken there", async () => {
    await offer();
    await shown(<CallStrip />);
    expect(find(".offer-bar").textContent).toMatch(/^Offered to you: Maria Lopez, Is it ready\? 2[34] s/);
    await click(named("Take"));
    expect(head()).toMatchObject({ assignee: "ana", offered_to: null });
    expect(document.querySelector(".offer-bar")).toBeNull();
    expect(toasts()).toEqual(["Assigned to you"]);
  });

  it("goes to somebody else when it is declined, and leaves the list", async () => {
    await offer();
    await loadList(app, "mine");
    app.store.lists.mine.value = { ...app.store.lists.mine.value, ids: ["c1"] };
    await shown(<CallStrip />);
    await click(named("Decline"));
    expect(head()).toMatchObject({ assignee: null, routing: "WAITING" });
    expect(app.store.lists.mine.value.ids).toEqual([]);
    expect(toasts()).toEqual(["Declined. It goes to somebody else."]);
  });

  it("is answered by T and X where it is open, and its header has no second Take", async () => {
    listenToKeys(app.store);
    app.store.route.value = { view: "mine", conversation: "c1" };
    await offer();
    await shown(<ThreadPane id="c1" />);
    expect([...document.querySelectorAll('[data-key="t"]')].map((each) => each.textContent)).toEqual([
      "Take",
    ]);
    await press(document.body, "x");
    expect(head()).toMatchObject({ routing: "WAITING" });
    await offer();
    await vi.waitFor(() => expect(document.querySelector(".offer-bar")).not.toBeNull());
    await press(document.body, "t");
    expect(head()?.assignee).toBe("ana");
  });

  it("has a bar above the panes only while it is not open, with a key that leads there", async () => {
    await offer();
    await shown(<CallStrip />);
    expect(find('[data-key="l"]').getAttribute("href")).toBe("#/mine/c1");
    expect(document.querySelector('[data-key="t"]')).toBeNull();
    await act(() => {
      app.store.route.value = { view: "mine", conversation: "c1" };
    });
    expect(document.querySelector(".offer-bar")).toBeNull();
  });

  it("counts down on its row, in the place of every other clock", async () => {
    await offer(24, { waiting_since: inSeconds(-600) });
    const row = app.store.conversations.value.get("c1") as Conversation;
    await show(app, <Row conversation={row} view="mine" />);
    expect(find(".when").textContent).toMatch(/^Offered to you, 2[34] s$/);
  });

  it("to a colleague is named on its row, without a clock", async () => {
    await offer(24, { offered_to: "ben" });
    const row = app.store.conversations.value.get("c1") as Conversation;
    await show(app, <Row conversation={row} view="all" />);
    expect(find(".owner").title).toBe("Offered to Ben Okafor");
    expect(text()).not.toContain("Offered to you");
  });

  it("has no answer any more once its time is over, and leaves the screen with the server's word", async () => {
    await offer(0);
    await shown(<CallStrip />);
    expect([text().includes("The time is over."), isThere("Take"), isThere("Decline")]).toEqual([
      true,
      false,
      false,
    ]);
    fake.change("c1", NOBODY);
    await vi.waitFor(() => expect(document.querySelector(".offer-bar")).toBeNull(), 5_000);
  });

  it("that is taken too late says so, and shows what it is now", async () => {
    await offer();
    await shown(<CallStrip />);
    fake.change("c1", NOBODY);
    await click(named("Take"));
    expect(toasts()[0]).toContain("This is not offered to you any more.");
    await vi.waitFor(() => expect(isThere("Take")).toBe(false));
  });

  it("is not announced as if it were the agent's already", async () => {
    await loadList(app, "mine");
    app.store.lists.mine.value = { ...app.store.lists.mine.value, ids: [] };
    await offer();
    await act(() => applyChanges(app, [{ conversation: "c1" }] as never, false));
    expect(toasts()).toEqual([]);
  });

  it("that is a call has its card, and no bar", async () => {
    fake.phone.ring("c1", { offer_expires: inSeconds(20) });
    fake.change("c1", { offered_to: "ana", offered_until: inSeconds(20) });
    await loadList(app, "all");
    await show(app, <CallStrip />);
    expect(document.querySelector(".offer-bar")).toBeNull();
    expect(isThere("Take")).toBe(false);
  });
});

it("an offer rings once, and is shown on the desktop until it is over", async () => {
  const bell = { ring: vi.fn(), once: vi.fn(), rest: vi.fn() };
  const seen: string[] = [];
  class FakeNotification {
    static permission = "granted";
    constructor(readonly title: string) {
      seen.push(title);
    }
    close = () => void seen.push("closed");
  }
  vi.stubGlobal("Notification", FakeNotification);
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  stop = followRinging(app, bell);
  await offer();
  await loadList(app, "all");
  expect([bell.once.mock.calls.length, bell.ring.mock.calls.length]).toEqual([1, 0]);
  expect(document.title).toBe("Offered: Maria Lopez · Heartline");
  fake.change("c1", NOBODY);
  await loadList(app, "all");
  expect(seen).toEqual(["Offered to you: Maria Lopez", "closed"]);
});
