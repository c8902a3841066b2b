// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { loadList, loadThread } from "../../src/inbox/loading";
import { merge } from "../../src/inbox/merge/merging";
import { beginSplit, choose, splitOff } from "../../src/inbox/merge/splitting";
import { applyChanges } from "../../src/live/refresh";
import { putDraft, threadOf } from "../../src/store";
import { type Bench, bench } from "../app";
import { BY_ANA, conversation, message } from "../fake/company";

let { app, fake }: Bench = bench();
const toast = () => app.store.toasts.value.at(-1);
const open = () => app.store.route.value.conversation;
const texts = (id: string) => threadOf(app.store, id).messages.map(({ text }) => text);
const head = (id: string) => app.store.conversations.value.get(id) ?? conversation({ id });

beforeEach(async () => {
  ({ app, fake } = bench());
  fake.add(
    conversation({ id: "c2", subject: "Invoice 17" }),
    message({ id: "n1", conversation: "c2", at: "2026-03-02T08:00:00Z", text: "Invoice?" }),
  );
  await Promise.all([loadList(app, "mine"), loadThread(app, "c1"), loadThread(app, "c2")]);
});

describe("a merge", () => {
  beforeEach(() => {
    app.store.merging.value = "c1";
    return merge(app, head("c1"), head("c2"));
  });

  it("leaves no dialog behind that would be there again after an undo", () => {
    expect(app.store.merging.value).toBeNull();
  });

  it("opens the target with the messages of both, and takes the other off the list", async () => {
    await loadThread(app, "c2");
    expect(open()).toBe("c2");
    expect(texts("c2").slice(0, 2)).toEqual(["Invoice?", "Is it ready?"]);
    expect(app.store.lists.mine.value.ids).toEqual(["c2"]);
  });

  it("can be undone from its toast", async () => {
    await loadThread(app, "c2");
    toast()?.action?.run();
    await vi.waitFor(() => expect(toast()?.text).toBe("Undone."));
    await loadThread(app, "c2");
    expect(open()).toBe("c1");
    expect(texts("c2")).not.toContain("Is it ready?");
    expect(app.store.lists.mine.value.ids.toSorted()).toEqual(["c1", "c2"]);
  });

  it("shows in the target what happens to the other", async () => {
    await loadThread(app, "c2");
    fake.receive(message({ id: "m2", conversation: "c1", at: "2026-03-02T09:40:00Z", text: "Hello?" }));
    await applyChanges(app, [{ kind: "message", conversation: "c1", agent: null }], false);
    expect(texts("c2").at(-1)).toBe("Hello?");
  });
});

it("what the server says against a merge is for the dialog, and nothing has changed", async () => {
  await expect(merge(app, head("c1"), conversation({ id: "elsewhere" }))).rejects.toThrow("of one inbox");
  expect([open(), toast()]).toEqual(["c1", undefined]);
});

it("what was being written goes on in the target, below what stands there", async () => {
  putDraft(app.store, "c1", { ...EMPTY_DRAFT, reply: "Dear Maria" });
  putDraft(app.store, "c2", { ...EMPTY_DRAFT, reply: "Hello", note: "Rings twice" });
  await merge(app, head("c1"), head("c2"));
  expect(app.store.drafts.value.get("c2")).toMatchObject({
    reply: "Hello\n\nDear Maria",
    note: "Rings twice",
  });
  expect(app.store.drafts.value.get("c1")).toEqual(EMPTY_DRAFT);
});

describe("a split", () => {
  beforeEach(async () => {
    fake.add(
      head("c1"),
      message({ id: "a1", at: "2026-03-02T09:05:00Z", direction: "outbound", author: BY_ANA, text: "Yes" }),
      message({ id: "m2", at: "2026-03-02T09:06:00Z", text: "And my chairs?" }),
      message({ id: "m3", at: "2026-03-02T09:07:00Z", text: "Four of them" }),
    );
    await loadThread(app, "c1");
  });

  it("from a message on proposes what the customer wrote since, and never our answers", () => {
    beginSplit(app.store, "c1", "m1");
    expect([...(app.store.splitting.value?.chosen ?? [])]).toEqual(["m1", "m2", "m3"]);
    choose(app.store, "m1");
    choose(app.store, "a1");
    choose(app.store, "a1");
    expect([...(app.store.splitting.value?.chosen ?? [])]).toEqual(["m2", "m3"]);
  });

  it("opens what begins, and the messages are gone from where they were", async () => {
    await splitOff(app, "c1", ["m2", "m3"]);
    await Promise.all([loadThread(app, "c1"), loadThread(app, "c3")]);
    expect([open(), app.store.splitting.value]).toEqual(["c3", null]);
    expect(texts("c3").slice(0, 2)).toEqual(["And my chairs?", "Four of them"]);
    expect(texts("c1")).not.toContain("And my chairs?");
  });

  it("by a colleague takes the messages off the screen", async () => {
    fake.answer("POST", "/api/conversations/c1/split", JSON.stringify({ messages: ["m1", "m2"] }));
    await loadThread(app, "c1");
    expect(texts("c1")).toEqual(["Yes", "Four of them", "Ana Ruiz moved one message to c3"]);
  });

  it("can be undone: it goes on where it came from", async () => {
    await splitOff(app, "c1", ["m2"]);
    toast()?.action?.run();
    await vi.waitFor(() => expect(open()).toBe("c1"));
    await loadThread(app, "c1");
    expect(texts("c1")).toContain("And my chairs?");
  });

  it("that the server refuses says why in its words, and the choice stays", async () => {
    beginSplit(app.store, "c2", "n1");
    await splitOff(app, "c2", ["n1"]);
    expect(toast()).toMatchObject({ tone: "error", text: expect.stringMatching(/^Nothing would be left/) });
    expect(app.store.splitting.value?.conversation).toBe("c2");
  });
});
