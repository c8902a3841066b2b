// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from "vitest";
import { CallDialogs } from "../../src/calls/dialogs";
import { ConversationList } from "../../src/inbox/list/list";
import { Rail } from "../../src/inbox/list/views";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";
import { clear, click, find, show } from "../screen";

let { app, fake }: Bench = bench();
const rows = () => [...document.querySelectorAll(".call-back header a")].map((each) => each.textContent);
const button = (name: string, row = 0) =>
  [...(document.querySelectorAll(".call-back")[row]?.querySelectorAll("button") ?? [])].find(
    (each) => each.textContent === name,
  ) as HTMLButtonElement;

async function open(): Promise<void> {
  await loadList(app, "call-backs");
  await show(
    app,
    <>
      <ConversationList />
      <CallDialogs />
    </>,
  );
}

beforeEach(() => {
  ({ app, fake } = bench("#/call-backs"));
  const contact = (name: string) => ({ id: name, name, address: "+15550107" });
  fake.add(conversation({ id: "c2", contact: contact("Eva Lind") }));
  fake.phone.planned("c1", new Date(app.store.now.value + 3_600_000).toISOString());
  fake.phone.planned("c2", new Date(app.store.now.value - 300_000).toISOString());
});
afterEach(clear);

it("who is to be called first stands first, and who waits too long is seen", async () => {
  await open();
  expect(rows()).toEqual(["Eva Lind", "Maria Lopez"]);
  expect(find(".call-due.late").textContent).toContain("since 5 min");
  expect(find(".call-facts").textContent).toBe("Store · Orders · Tried once");
});

it("who is known by their conversation has its name", async () => {
  for (const [id, call] of fake.phone.calls) fake.phone.calls.set(id, { ...call, name: "" });
  await loadList(app, "mine");
  await open();
  expect(rows()).toEqual(["Eva Lind", "Maria Lopez"]);
});

it("a call-back that is cancelled leaves at once", async () => {
  await open();
  await click(button("Cancel"));
  expect(rows()).toEqual(["Maria Lopez"]);
  expect(fake.requests.at(-1)).toBe("DELETE /calls/out-2");
});

it("a call-back is back, with the reason, when cancelling was refused", async () => {
  await open();
  fake.phone.refusal = "Ben is calling them just now.";
  await click(button("Cancel"));
  expect(rows()).toEqual(["Eva Lind", "Maria Lopez"]);
  expect(app.store.toasts.value.at(-1)?.text).toContain("Ben is calling them just now.");
});

it("the keyboard goes on at the neighbour of a row that leaves", async () => {
  await open();
  button("Cancel").focus();
  await click(button("Cancel"));
  expect(document.activeElement?.textContent).toContain("Maria Lopez");
});

it("calling now calls at once the number that is to be called", async () => {
  await open();
  await click(button("Call now"));
  expect(fake.phone.asked).toMatchObject([{ number: "+15550100" }]);
  expect(fake.requests.at(-1)).toBe("POST /conversations/c2/calls");
  expect(app.store.calls.dialog.value).toBe(null);
});

it("a call that was refused says why, and is the same request when it is tried again", async () => {
  await open();
  fake.phone.refusal = "This number is blocked.";
  await click(button("Call now"));
  expect(app.store.toasts.value.at(-1)?.text).toBe("Nobody was called. This number is blocked.");
  await click(button("Call now"));
  expect(new Set(fake.phone.asked.map(({ request_id: id }) => id)).size).toBe(1);
});

it("nobody is called while the agent talks to somebody else", async () => {
  fake.add(conversation({ id: "c3" }));
  fake.phone.answered(fake.phone.ring("c3").id);
  await loadList(app, "mine");
  await open();
  expect([button("Call now").disabled, button("Call now").title]).toEqual([true, "You are on a call"]);
});

it("moving one sends the new time", async () => {
  await open();
  await click(button("Move", 1));
  expect(find("dialog h2").textContent).toBe("Call Maria Lopez back at another time");
});

it("the list is for those who take calls, and for leads", async () => {
  await show(app, <Rail />);
  expect(document.body.textContent).toContain("Call-backs");
  clear();
  app.store.me.value = { ...fake.me, capacity: { email: 3 } };
  await show(app, <Rail />);
  expect(document.body.textContent).not.toContain("Call-backs");
});
