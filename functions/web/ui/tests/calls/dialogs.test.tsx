// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CallDialogs } from "../../src/calls/dialogs";
import { pickerValue } from "../../src/calls/dial/times";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { clear, find, pick, press, settled, show, submit, write } from "../screen";

let { app, fake }: Bench = bench();
const alert = () => document.querySelector("dialog [role=alert]")?.textContent ?? "";
const isOpen = () => app.store.calls.dialog.value !== null;
const chosen = () => document.querySelector("[aria-selected=true]")?.textContent;

async function open(dialog: (typeof app)["store"]["calls"]["dialog"]["value"]): Promise<void> {
  app.store.calls.dialog.value = dialog;
  await show(app, <CallDialogs />);
  await act(settled);
}

beforeEach(async () => {
  ({ app, fake } = bench("#/mine/c1"));
  await loadList(app, "mine");
});
afterEach(clear);

describe("a transfer", () => {
  let id = "";

  beforeEach(async () => {
    ({ id } = fake.phone.ring("c1"));
    fake.phone.answered(id);
    await loadList(app, "mine");
    await open({ kind: "transfer", call: id });
  });

  it("proposes who is free, and arrow keys pass by who is offline", async () => {
    expect(chosen()).toBe("Ben OkaforFree now");
    await press(find("[role=combobox]"), "ArrowUp");
    expect(chosen()).toBe("Dev PatelAway, lunch");
    await press(find("[role=combobox]"), "ArrowDown");
    expect(chosen()).toBe("Ben OkaforFree now");
  });

  it("without a note goes nowhere, and the keyboard stands where the note is written", async () => {
    await submit();
    expect(alert()).toContain("Write a note");
    expect(document.activeElement).toBe(find("textarea"));
    expect(fake.requests.some((request) => request.endsWith("/transfer"))).toBe(false);
  });

  it("asks a colleague in first, while the customer waits", async () => {
    await write("textarea", "  Wants the refund on another card.  ");
    await press(find("textarea"), "Enter", { ctrlKey: true });
    expect(fake.phone.transferred).toEqual({
      mode: "warm",
      note: "Wants the refund on another card.",
      agent: "ben",
      skill: null,
      number: null,
    });
    expect(isOpen()).toBe(false);
  });

  it("hands over at once to whoever has a skill", async () => {
    await write("[role=combobox]", "billing");
    await pick("Hand over at once");
    await write("textarea", "Invoice 17");
    await submit();
    expect(fake.phone.transferred).toMatchObject({ mode: "cold", skill: "billing", agent: null });
    expect(app.store.toasts.value.at(-1)?.text).toBe("Handed over");
  });

  it("goes to a number that is typed", async () => {
    await write("[role=combobox]", "+1 (202) 555-0144");
    await write("textarea", "The carrier");
    await submit();
    expect(fake.phone.transferred).toMatchObject({ number: "+12025550144", agent: null });
  });

  it("that is refused says why, and what was written stays", async () => {
    fake.phone.refusal = "Ben is on another call now.";
    await write("textarea", "Refund");
    await submit();
    expect(alert()).toBe("Ben is on another call now.");
    expect((find("textarea") as HTMLTextAreaElement).value).toBe("Refund");
  });
});

describe("calling a customer", () => {
  beforeEach(() => open({ kind: "dial", conversation: "c1" }));

  it("takes Enter, rings the agent first and answers for them", async () => {
    expect(find("dialog").textContent).toContain("Your phone rings first, then theirs");
    await submit();
    expect(fake.requests).toContain("POST /conversations/c1/calls");
    expect([...app.store.calls.begun.value]).toEqual(["out-1"]);
    expect(app.store.conversations.value.get("c1")?.call).toMatchObject({
      purpose: "dial",
      number: "+15550100",
    });
    expect(isOpen()).toBe(false);
  });

  it("is the same request when it is sent again after a failure", async () => {
    fake.phone.refusal = "The phone service is away.";
    await submit();
    expect(alert()).toBe("The phone service is away.");
    fake.phone.refusal = "";
    await submit();
    const [first, second] = fake.phone.asked.map(({ request_id }) => request_id);
    expect(first).toBe(second);
  });

  it("lets the agent choose among the customer's numbers", async () => {
    clear();
    fake.phone.calling = { ...fake.phone.calling, numbers: ["+15550100", "+15550177"] };
    await open({ kind: "dial", conversation: "c1" });
    await pick("+1 555 0177");
    await submit();
    expect(fake.phone.asked.at(-1)?.number).toBe("+15550177");
  });

  it("asks for a number where none is known", async () => {
    clear();
    fake.phone.calling = { ...fake.phone.calling, numbers: [] };
    fake.change("c1", { contact: { id: "ct1", name: "Maria", address: "maria@example.com" } });
    await loadList(app, "mine");
    await open({ kind: "dial", conversation: "c1" });
    await submit();
    expect(alert()).toContain("Type the number");
    await write("input[type=tel]", "+1 202 555 0144");
    await submit();
    expect(fake.phone.asked.at(-1)?.number).toBe("+12025550144");
  });

  it("can wait until somebody is free", async () => {
    await pick("As soon as somebody is free");
    await write("textarea", "Ask for the order first.");
    await submit();
    expect(fake.phone.asked.at(-1)).toMatchObject({ due: null, note: "Ask for the order first." });
    expect(app.store.toasts.value.at(-1)?.text).toBe("The next free agent calls");
  });

  it("can be planned, and not for a time that is over", async () => {
    await pick("At a time");
    await write("input[type=datetime-local]", pickerValue(Date.now() - 3_600_000));
    await submit();
    expect(alert()).toContain("That time is over");
    const later = Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000;
    await write("input[type=datetime-local]", pickerValue(later));
    expect(find("dialog").textContent).toContain("for the customer");
    await submit();
    expect(fake.phone.asked.at(-1)?.due).toBe(new Date(later).toISOString());
  });

  it("offers the next opening only while the inbox is closed", async () => {
    expect(find("dialog").textContent).not.toContain("When we open");
    clear();
    fake.phone.calling = { ...fake.phone.calling, next_opening: "2026-03-09T08:00:00.000Z" };
    await open({ kind: "dial", conversation: "c1" });
    await pick("When we open");
    await submit();
    expect(fake.phone.asked.at(-1)?.due).toBe("2026-03-09T08:00:00.000Z");
  });

  it("is not offered for now to who is on a call", async () => {
    clear();
    fake.phone.answered(fake.phone.ring("c1").id);
    await loadList(app, "mine");
    await open({ kind: "dial", conversation: "c1" });
    expect(find("dialog").textContent).toContain("You are on a call");
    expect((find("input[type=radio]") as HTMLInputElement).disabled).toBe(true);
  });
});
