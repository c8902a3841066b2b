import { beforeEach, expect, it, vi } from "vitest";
import type { Change } from "../../src/api/types";
import { loadList, loadThread } from "../../src/inbox/loading";
import { applyChanges, refreshHeld, retryFailed } from "../../src/live/refresh";
import { patchList, threadOf } from "../../src/store";
import { type Bench, bench } from "../app";
import { conversation, held, message } from "../fake/company";

let { app, fake }: Bench = bench();
const touched = (id: string): Change => ({ kind: "message", conversation: id, agent: null });

beforeEach(async () => {
  ({ app, fake } = bench());
  await Promise.all([loadList(app, "mine"), loadThread(app, "c1")]);
  fake.requests = [];
});

it("a hundred changed conversations cost one list, not a hundred requests", async () => {
  const changes = Array.from({ length: 100 }, (_, index) => touched(`other-${index}`));
  await applyChanges(app, changes, false);
  expect(fake.requests).toEqual(["GET /conversations"]);
});

it("a new message in the open conversation appears without reloading", async () => {
  fake.receive(message({ id: "m2", at: "2026-03-02T09:10:00Z", text: "Never mind" }));
  await applyChanges(app, [touched("c1")], false);
  expect(threadOf(app.store, "c1").messages.at(-1)?.text).toBe("Never mind");
});

it("the agent's own list stays true while another view is open", async () => {
  app.store.route.value = { view: "closed", conversation: null };
  fake.add(conversation({ id: "c2", contact: { id: "ct2", name: "Joan", address: "" } }));
  await applyChanges(app, [touched("c2")], false);
  expect(app.store.lists.mine.value.ids).toContain("c2");
  expect(app.store.toasts.value).toMatchObject([{ text: "Joan: now with you" }]);
});

it("presence set elsewhere shows here", async () => {
  fake.me = { ...fake.me, presence: "AWAY" };
  await applyChanges(app, [{ kind: "agent", conversation: null, agent: "ana" }], false);
  expect(app.store.me.value?.presence).toBe("AWAY");
});

it("what colleagues do with their presence costs nothing", async () => {
  await applyChanges(app, [{ kind: "agent", conversation: null, agent: "ben" }], false);
  expect(fake.requests).toEqual([]);
});

it("a lost cursor reads everything on screen again", async () => {
  await applyChanges(app, [], true);
  expect([...fake.requests].sort()).toEqual([
    "GET /conversations",
    "GET /conversations/c1",
    "GET /conversations/c1/messages",
    "GET /me",
  ]);
});

it("what is held is read with every look at the feed, for no conversation names it", async () => {
  app.store.route.value = { view: "held", conversation: null };
  fake.held = [held({ id: "h1" })];
  await loadList(app, "held");
  fake.held = [held({ id: "h2" }), held({ id: "h1" })];
  refreshHeld(app);
  await vi.waitFor(() => expect(app.store.lists.held.value.ids).toEqual(["h2", "h1"]));
});

it("nobody who looks elsewhere asks for what is held", () => {
  refreshHeld(app);
  expect(fake.requests).toEqual([]);
});

it("a pane that failed is read again once the server answers", async () => {
  patchList(app.store, "mine", { phase: "failed" });
  retryFailed(app);
  await vi.waitFor(() => expect(app.store.lists.mine.value.phase).toBe("ready"));
});
