import { beforeEach, describe, expect, it, vi } from "vitest";
import { assign, close } from "../src/inbox/actions";
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

describe("assigning", () => {
  it("names who has it now, and can be undone", async () => {
    await assign(app, conversation({ id: "c1" }), "ben");
    expect(toast()?.text).toBe("Assigned to Ben Okafor");
    toast()?.action?.run();
    await done();
    expect(fake.conversations.get("c1")?.assignee).toBe("ana");
  });

  it("to nobody puts it back into the queue", async () => {
    await assign(app, conversation({ id: "c1" }), null);
    expect(fake.conversations.get("c1")?.assignee).toBeNull();
    expect(toast()?.text).toBe("Back in the queue");
  });
});
