import { beforeEach, describe, expect, it, vi } from "vitest";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { deliver, isSending, nothingInFlight, sendDraft, takeBack } from "../../src/inbox/composer/send";
import { loadThread } from "../../src/inbox/loading";
import { putDraft, threadOf } from "../../src/store";
import { type Bench, bench } from "../app";
import { message } from "../fake/company";

let { app, fake }: Bench = bench();
const draft = () => app.store.drafts.value.get("c1");
const texts = () => threadOf(app.store, "c1").messages.map(({ text }) => text);
const posts = () => fake.requests.filter((request) => request.startsWith("POST"));

function write(reply: string): void {
  putDraft(app.store, "c1", { ...EMPTY_DRAFT, reply });
}

beforeEach(async () => {
  ({ app, fake } = bench());
  await loadThread(app, "c1");
});

describe("sending", () => {
  it("shows the reply at once and then as the server has it", async () => {
    write("Tomorrow");
    const sent = sendDraft(app, "c1");
    expect(app.store.outgoing.value).toMatchObject([{ text: "Tomorrow", state: "sending" }]);
    expect(draft()?.reply).toBe("");
    await sent;
    expect(app.store.outgoing.value).toEqual([]);
    expect(texts()).toEqual(["Is it ready?", "Tomorrow"]);
  });

  it("sends one message when send is pressed twice", async () => {
    write("Tomorrow");
    await Promise.all([sendDraft(app, "c1"), sendDraft(app, "c1")]);
    expect(posts()).toHaveLength(1);
  });

  it("keeps the next reply in the composer while one is on its way", async () => {
    write("Tomorrow");
    const first = sendDraft(app, "c1");
    write("At nine");
    await sendDraft(app, "c1");
    expect(draft()?.reply).toBe("At nine");
    await first;
    expect(posts()).toHaveLength(1);
  });

  it("lets the next reply follow at once", async () => {
    write("Tomorrow");
    await sendDraft(app, "c1");
    write("At nine");
    await sendDraft(app, "c1");
    expect(texts()).toEqual(["Is it ready?", "Tomorrow", "At nine"]);
  });

  it("writes a note to the team and not to the customer", async () => {
    putDraft(app.store, "c1", { ...EMPTY_DRAFT, tab: "note", note: "Careful", reply: "Dear" });
    await sendDraft(app, "c1");
    expect(posts()).toEqual(["POST /conversations/c1/notes"]);
    expect(draft()).toMatchObject({ note: "", reply: "Dear" });
  });
});

describe("when the answer is lost", () => {
  it("keeps the text and sends the same intent again: one message", async () => {
    const real = fake.fetch;
    vi.spyOn(app.api, "reply").mockImplementationOnce(async (id, reply) => {
      await real(`/api/conversations/${id}/replies`, { method: "POST", body: JSON.stringify(reply) });
      throw new Error("The answer was lost.");
    });
    write("Tomorrow");
    await sendDraft(app, "c1");
    const [failed] = app.store.outgoing.value;
    expect(failed).toMatchObject({ text: "Tomorrow", state: "failed", reason: "The answer was lost." });
    if (failed) await deliver(app, failed);
    expect(fake.messages.filter(({ text }) => text === "Tomorrow")).toHaveLength(1);
    expect(app.store.outgoing.value).toEqual([]);
  });

  it("gives the text back to the composer on request, before what was written since", async () => {
    vi.spyOn(app.api, "reply").mockRejectedValueOnce(new Error("no"));
    write("Tomorrow");
    await sendDraft(app, "c1");
    write("At nine");
    for (const failed of app.store.outgoing.value) takeBack(app, failed);
    expect(draft()?.reply).toBe("Tomorrow\n\nAt nine");
    expect(app.store.outgoing.value).toEqual([]);
  });
});

describe("when the customer was faster", () => {
  beforeEach(async () => {
    fake.receive(message({ id: "m2", at: "2026-03-02T09:10:00Z", text: "Never mind" }));
    write("Tomorrow");
    await sendDraft(app, "c1");
  });

  it("sends nothing, shows the newer message and keeps the text", () => {
    expect(texts()).toEqual(["Is it ready?", "Never mind"]);
    expect(draft()).toMatchObject({ reply: "Tomorrow", newer: 1 });
    expect(fake.messages.map(({ text }) => text)).not.toContain("Tomorrow");
  });

  it("sends it once the agent has seen the newer one and presses send again", async () => {
    await sendDraft(app, "c1");
    expect(texts()).toEqual(["Is it ready?", "Never mind", "Tomorrow"]);
    expect(draft()).toMatchObject({ reply: "", newer: 0 });
  });
});

it("a refresh waits for what is on its way", async () => {
  write("Tomorrow");
  const sent = sendDraft(app, "c1");
  const order: string[] = [];
  const waited = nothingInFlight(app, "c1").then(() => order.push("refresh"));
  expect(isSending(app, "c1")).toBe(true);
  await sent.then(() => order.push("sent"));
  await waited;
  expect(app.store.outgoing.value).toEqual([]);
  expect(order).toContain("refresh");
});
