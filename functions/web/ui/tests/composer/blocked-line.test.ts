import { expect, it } from "vitest";
import { answer } from "../../src/inbox/composer/answer";
import { unblock } from "../../src/inbox/composer/blocked-line";
import { blockedAmong } from "../../src/inbox/composer/mail-draft";
import { bench } from "../app";
import { NOBODY } from "../fake/answers";

const EVA = { name: "Eva Lind", address: "eva+lamps@example.org" };

async function answering() {
  const { app, fake } = bench();
  const block = { address: EVA.address, reason: "the mailbox does not exist", at: "2026-03-01T09:00:00Z" };
  fake.plan = { ...NOBODY, to: [EVA], blocked: [block] };
  await answer(app, "c1", "reply", "m1");
  const blocked = () => {
    const mail = app.store.drafts.value.get("c1")?.mail;
    return mail ? blockedAmong(mail) : null;
  };
  return { app, blocked };
}

it("once the block is lifted the answer can go", async () => {
  const { app, blocked } = await answering();
  expect(blocked()).toHaveLength(1);
  await unblock(app, "c1", EVA.address);
  expect(blocked()).toEqual([]);
});

it("a block that stays says why", async () => {
  const { app, blocked } = await answering();
  await unblock(app, "c1", "tom@example.org");
  expect(blocked()).toHaveLength(1);
  expect(app.store.toasts.value[0]?.text).toContain("Still blocked.");
});
