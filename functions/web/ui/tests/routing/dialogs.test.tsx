// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/api/errors";
import { loadList } from "../../src/inbox/loading";
import Dialog from "../../src/inbox/routing/dialogs";
import type { RoutingDialog } from "../../src/inbox/routing/state";
import { type Bench, bench } from "../app";
import { clear, find, pick, press, settled, show, submit, write } from "../screen";

let { app, fake }: Bench = bench();
const alert = () => document.querySelector("dialog [role=alert]")?.textContent ?? "";
const note = () => find("dialog textarea") as HTMLTextAreaElement;
const toast = () => app.store.toasts.value.at(-1)?.text;

async function open(dialog: RoutingDialog): Promise<void> {
  app.store.routing.dialog.value = dialog;
  const conversation = app.store.conversations.value.get("c1");
  if (conversation)
    await show(app, <Dialog dialog={dialog} conversation={conversation} closed={() => undefined} />);
  await act(settled);
}

beforeEach(async () => {
  ({ app, fake } = bench("#/mine/c1"));
  await loadList(app, "mine");
});
afterEach(clear);

describe("handing over", () => {
  beforeEach(() => open({ kind: "hand-over", conversation: "c1", agent: "chloe" }));

  it("says how the colleague stands", () => {
    expect(find("dialog .hint").textContent).toContain("Chloé Martin is away (Lunch), back at ");
    expect(find("dialog .hint").textContent).toContain("nobody else looks after it");
  });

  it("without a note goes nowhere, and the keyboard stands where it is written", async () => {
    await submit();
    expect(alert()).toContain("Write a note, so that the customer need not tell Chloé everything again.");
    expect(document.activeElement).toBe(note());
    expect(fake.conversations.get("c1")?.assignee).toBe("ana");
  });

  it("with a note, by Ctrl + Enter, gives it away and takes it off the list", async () => {
    await write("dialog textarea", "Refund promised, to be made today.");
    await press(note(), "Enter", { ctrlKey: true });
    expect(fake.conversations.get("c1")?.assignee).toBe("chloe");
    expect(app.store.lists.mine.value.ids).toEqual([]);
    expect(toast()).toBe("Handed over to Chloé Martin");
  });

  it("that is refused says why, and keeps what was written", async () => {
    const sentence = "You are on the phone with this customer: use the transfer of the call.";
    vi.spyOn(app.api, "assign").mockRejectedValueOnce(new ApiError(409, "conflict", sentence, "r1"));
    await write("dialog textarea", "Refund promised");
    await submit();
    expect(alert()).toBe(sentence);
    expect(note().value).toBe("Refund promised");
  });
});

describe("escalating", () => {
  beforeEach(() => open({ kind: "escalate", conversation: "c1" }));

  it("proposes another pool than the first, and goes there with the note", async () => {
    expect(find("dialog label:has(:checked)").textContent?.trim()).toBe("Second line");
    await write("dialog textarea", "Asks for a manager.");
    await submit();
    expect(fake.conversations.get("c1")).toMatchObject({ pool: "over", assignee: null, heated: true });
    expect(toast()).toBe("Escalated to Second line");
  });

  it("goes to the pool that was chosen", async () => {
    await pick("Front desk");
    await write("dialog textarea", "Back to you.");
    await submit();
    expect(fake.conversations.get("c1")?.pool).toBe("main");
  });
});

it("escalating where the pools are not to be had says so, and asks again", async () => {
  const asked = vi.spyOn(app.api, "colleagues").mockRejectedValueOnce(new Error("The server is away."));
  await open({ kind: "escalate", conversation: "c1" });
  expect(alert()).toContain("The server is away.");
  await act(async () => {
    find("dialog [role=alert] button").click();
    await settled();
  });
  expect(alert()).toBe("");
  expect(asked).toHaveBeenCalledTimes(2);
});

describe("setting the priority", () => {
  beforeEach(() => open({ kind: "priority", conversation: "c1" }));

  it("is in words, with a reason", async () => {
    await pick("Urgent");
    await submit();
    expect(alert()).toBe("Say why: the reason stands in the timeline.");
    await write("dialog textarea", "The event is tonight.");
    await submit();
    expect(fake.conversations.get("c1")).toMatchObject({ band: 1, boost: 0 });
    expect(toast()).toBe("Priority: Urgent");
  });

  it("sends minutes ahead as seconds, and refuses what are none", async () => {
    await write("dialog [name=boost]", "-1");
    await write("dialog textarea", "Waited yesterday.");
    await submit();
    expect(alert()).toBe("Between 0 and 1440 minutes.");
    await write("dialog [name=boost]", "10");
    await submit();
    expect(fake.conversations.get("c1")?.boost).toBe(600);
  });
});

describe("snoozing to any time", () => {
  it("refuses a time that is over", async () => {
    await open({ kind: "snooze", conversation: "c1" });
    await write("dialog [type=datetime-local]", "2020-01-01T09:00");
    await submit();
    expect(alert()).toBe("That time is over. Choose a later one.");
  });

  it("puts it aside until then, and off the list of what is to be done", async () => {
    await open({ kind: "snooze", conversation: "c1" });
    await submit();
    await vi.waitFor(() => expect(fake.conversations.get("c1")?.status).toBe("snoozed"));
    expect(app.store.lists.mine.value.ids).toEqual([]);
    app.store.toasts.value.at(-1)?.action?.run();
    await vi.waitFor(() => expect(fake.conversations.get("c1")?.status).toBe("open"));
  });

  it("is refused where the customer has written meanwhile", async () => {
    await open({ kind: "snooze", conversation: "c1" });
    fake.change("c1", { last_visible: "m2" });
    await submit();
    expect(alert()).toBe("There is a newer message that you have not seen.");
  });
});
