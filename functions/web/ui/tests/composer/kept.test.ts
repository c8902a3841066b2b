// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { forgetUnsent, keepUnsent } from "../../src/inbox/composer/kept";
import { createStore, putDraft, putOutgoing, type Store } from "../../src/store";
import { outgoing } from "../fake/company";

function leave(agent: string): Store {
  const store = createStore();
  keepUnsent(store, agent, sessionStorage);
  putDraft(store, "c1", { ...EMPTY_DRAFT, reply: "Dear Maria" });
  putDraft(store, "c2", EMPTY_DRAFT);
  putOutgoing(store, outgoing());
  return store;
}

function comeBack(agent: string) {
  const store = createStore();
  keepUnsent(store, agent, sessionStorage);
  return store;
}

describe("unsent words", () => {
  beforeEach(() => sessionStorage.clear());

  it("survive a reload", () => {
    leave("ana");
    expect([...comeBack("ana").drafts.value]).toEqual([["c1", { ...EMPTY_DRAFT, reply: "Dear Maria" }]]);
  });

  it("that were on their way come back as not confirmed, with the same request id", () => {
    leave("ana");
    expect(comeBack("ana").outgoing.value).toMatchObject([{ requestId: "r1", state: "failed" }]);
  });

  it("are not shown to another agent", () => {
    leave("ana");
    const store = comeBack("ben");
    expect(store.drafts.value.size).toBe(0);
    expect(store.outgoing.value).toEqual([]);
  });

  it("are gone after signing out, without a trace", () => {
    forgetUnsent(leave("ana"));
    expect(sessionStorage.length).toBe(0);
  });
});
