import { beforeEach, describe, expect, it, vi } from "vitest";
import { close, giveBack, take } from "../src/inbox/actions";
import { loadList } from "../src/inbox/loading";
import { type Bench, bench } from "./app";
import { conversation } from "./fake/company";

let { app, fake }: Bench = bench();
const toast = () => app.store.toasts.value.at(-1);
const done = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(async () => {
  ({ app, fake } = bench());
  await loadList(app, "mine");
});

describe("closing", () => {
  it("takes the conversation off the list at once", async () => {
    await close(app, conversation({ id: "c1" }));
    expect(app.store.lists.mine.value.ids).toEqual([]);
  });

  it("can be undone, and then it is with the same agent again", async () => {
    await close(app, conversation({ id: "c1" }));
    toast()?.action?.run();
    await done();
    expect(fake.conversations.get("c1")).toMatchObject({ status: "open", assignee: "ana" });
    expect(app.store.lists.mine.value.ids).toEqual(["c1"]);
  });

  it("that fails changes nothing, says why, and offers to try again", async () => {
    vi.spyOn(app.api, "close").mockRejectedValueOnce(new Error("The server is away."));
    await close(app, conversation({ id: "c1" }));
    expect(app.store.lists.mine.value.ids).toEqual(["c1"]);
    expect(toast()).toMatchObject({ tone: "error", text: "Could not close. The server is away." });
    toast()?.action?.run();
    await done();
    expect(fake.conversations.get("c1")?.status).toBe("closed");
  });
});

describe("taking", () => {
  it("what nobody has can be undone, and then nobody has it again", async () => {
    fake.change("c1", { assignee: null });
    await take(app, conversation({ id: "c1", assignee: null }));
    expect(toast()?.text).toBe("Assigned to you");
    toast()?.action?.run();
    await done();
    expect(fake.conversations.get("c1")?.assignee).toBeNull();
  });

  it("what a colleague had cannot be undone by a click: they would be told nothing", async () => {
    await take(app, conversation({ id: "c1", assignee: "ben" }));
    expect(fake.conversations.get("c1")?.assignee).toBe("ana");
    expect(toast()?.action).toBeUndefined();
  });
});

it("a step that another followed is not offered to be undone", async () => {
  await giveBack(app, conversation({ id: "c1" }));
  const first = toast();
  expect(first?.over?.()).toBe(false);
  await take(app, conversation({ id: "c1", assignee: null }));
  expect(first?.over?.()).toBe(true);
  expect(toast()?.over?.()).toBe(false);
});

describe("giving back", () => {
  it("puts it into the queue, and can be undone", async () => {
    await giveBack(app, conversation({ id: "c1" }));
    expect(fake.conversations.get("c1")?.assignee).toBeNull();
    expect(toast()?.text).toBe("Back in the queue");
    toast()?.action?.run();
    await done();
    expect(fake.conversations.get("c1")?.assignee).toBe("ana");
  });
});

it("what a lead closed for a colleague waits for them again when it is undone, without a note in their name", async () => {
  fake.change("c1", { assignee: "ben" });
  await close(app, conversation({ id: "c1", assignee: "ben" }));
  toast()?.action?.run();
  await done();
  expect(fake.requests.filter((each) => each.endsWith("/assign"))).toEqual([]);
});
