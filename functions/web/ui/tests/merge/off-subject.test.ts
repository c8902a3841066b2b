import { expect, it } from "vitest";
import { keepLeft, leave, looksLikeAnother } from "../../src/inbox/merge/off-subject";
import { EMPTY_THREAD, withMessages } from "../../src/inbox/thread/timeline";
import { createStore } from "../../src/store";
import { mail, message } from "../fake/company";

const bill = message({
  id: "m1",
  channel: "email",
  subject: "Bill",
  mail: mail(),
  at: "2026-03-02T08:00:00Z",
});
const chairs = message({
  id: "m2",
  channel: "email",
  subject: "Chairs",
  mail: mail({ off_subject: true }),
  at: "2026-03-02T09:00:00Z",
});
const both = withMessages(EMPTY_THREAD, [bill, chairs]);

function memory(): Storage {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  };
  return storage as unknown as Storage;
}

it("a mail under another subject is proposed for a split, and the one before it is not", () => {
  const store = createStore();
  expect([chairs, bill].map((each) => looksLikeAnother(store, each, both))).toEqual([true, false]);
});

it("once it is split off it begins its conversation, and nothing more is proposed", () => {
  expect(looksLikeAnother(createStore(), chairs, withMessages(EMPTY_THREAD, [chairs]))).toBe(false);
});

it("what an agent leaves is not proposed again after a reload; another agent decides anew", () => {
  const storage = memory();
  const ana = createStore();
  keepLeft(ana, "ana", storage);
  leave(ana, "m2");
  const [later, ben] = [createStore(), createStore()];
  keepLeft(later, "ana", storage);
  keepLeft(ben, "ben", storage);
  expect([ana, later, ben].map((store) => looksLikeAnother(store, chairs, both))).toEqual([
    false,
    false,
    true,
  ]);
});
