// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../src/api/call-types";
import { CallCards } from "../../src/calls/card/cards";
import { loadList } from "../../src/inbox/loading";
import { applyChanges } from "../../src/live/refresh";
import { type Bench, bench } from "../app";
import { agent, customer } from "../fake/call-facts";
import { conversation } from "../fake/company";
import { clear, click, find, isThere, named, show } from "../screen";

let { app, fake }: Bench = bench();
const cards = () => [...document.querySelectorAll(".call-card h2")].map((each) => each.textContent);
const changed = { kind: "conversation", conversation: "c1", agent: null } as const;
const refresh = () => act(() => applyChanges(app, [changed], false));

/** A call rings, and the screen has heard of it. */
async function ring(patch: Partial<Call> = {}): Promise<Call> {
  const ringing = fake.phone.ring("c1", patch);
  if (ringing.device === "browser")
    app.store.calls.legs.value = [{ sid: "L1", call: ringing.id, state: "ringing" }];
  await refresh();
  return ringing;
}

beforeEach(async () => {
  ({ app, fake } = bench("#/mine"));
  await loadList(app, "mine");
  await show(app, <CallCards />);
});
afterEach(clear);

describe("the card of an incoming call", () => {
  it("says who calls, what about, since when, and how far the number can be trusted", async () => {
    fake.change("c1", { subject: "Broken lamp" });
    await ring();
    const words = find(".call-card").textContent;
    for (const said of ["Incoming call", "Maria Lopez", "+1 555 0100", "Store · Orders · waiting for 2 min"])
      expect(words).toContain(said);
    expect(words).toContain("Broken lamp");
    expect(words).toContain("Caller id not verified");
    expect(words).toMatch(/2[0-9] s/);
  });

  it("has the name that the conversation knows where the network brings none", async () => {
    await ring({ name: "", parties: [{ ...customer("waiting"), name: "" }, agent("ringing")] });
    expect(cards()).toEqual(["Maria Lopez"]);
    expect(find(".call-number").textContent).toBe("+1 555 0100");
    expect(find("[role=alert]").textContent).toContain("Incoming call: Maria Lopez.");
  });

  it("counts a short wait in seconds", async () => {
    await ring({ queued_at: new Date(Date.now() - 3_000).toISOString() });
    expect(find(".call-facts").textContent).toMatch(/waiting for [34] s$/);
  });

  it("is read out, and takes the focus from nobody", async () => {
    await ring();
    expect(find("[role=alert]").textContent).toBe(
      "Incoming call: Maria Lopez. Store, Orders. Shift A answers. Shift X declines.",
    );
    expect(document.activeElement).toBe(document.body);
  });

  it("brings the note of whoever transferred it", async () => {
    await ring({ handover: { by: "Ben Okafor", note: "Wants the refund on another card." } });
    expect(find(".call-card").textContent).toContain("Transferred to you by Ben Okafor");
    expect(find(".call-note").textContent).toBe("Ben Okafor: Wants the refund on another card.");
  });

  it("answers in the browser and opens the conversation", async () => {
    const { id } = await ring();
    await click(named("Answer"));
    expect(app.phone.told).toEqual([`answer ${id}`]);
    expect(window.location.hash).toBe("#/mine/c1");
  });

  it("waits for the browser's leg before it offers to answer", async () => {
    await ring();
    await act(() => {
      app.store.calls.legs.value = [];
    });
    expect((named("Connecting…") as HTMLButtonElement).disabled).toBe(true);
  });

  it("answers from any tab while another one has the phone", async () => {
    await ring();
    await act(() => {
      app.store.calls.legs.value = [];
      app.store.calls.line.value = { phase: "elsewhere", words: "", next: "" };
    });
    expect((named("Answer") as HTMLButtonElement).disabled).toBe(false);
  });

  it("says so where the phone is not connected, with the way to mend it", async () => {
    await ring();
    await act(() => {
      app.store.calls.legs.value = [];
      app.store.calls.line.value = { phase: "failed", words: "", next: "" };
    });
    await click(named("Try again"));
    expect(app.phone.told).toEqual(["retry"]);
  });

  it("says which telephone rings where that is where calls ring", async () => {
    app.store.calls.choice.value = { device: "phone", number: "+12025550111" };
    await ring({ device: "phone" });
    expect(find(".call-ringing").textContent).toBe(
      "Ringing your phone +1 202 555 0111. Pick it up to answer.",
    );
    expect(isThere("Answer")).toBe(false);
  });

  it("leaves at once when it is declined, and the next agent is rung", async () => {
    const { id } = await ring();
    await click(named("Decline"));
    expect(cards()).toEqual([]);
    expect(app.phone.told).toEqual([`reject ${id}`]);
    expect(fake.phone.calls.get(id)?.state).toBe("queued");
  });

  it("is back, with the reason, when declining was refused", async () => {
    fake.phone.refusal = "You have already answered this call.";
    await ring();
    await click(named("Decline"));
    expect(cards()).toEqual(["Maria Lopez"]);
    expect(app.store.toasts.value.at(-1)?.text).toContain("already answered");
  });

  it("that was declined rings again when it is offered again", async () => {
    const { id, parties } = await ring();
    await click(named("Decline"));
    const again = fake.phone.calls.get(id) as Call;
    fake.phone.put({
      ...again,
      state: "offering",
      agent: "ana",
      offer_expires: "2026-03-02T09:31:00Z",
      parties: [...parties, agent("ringing", "agent-9")],
    });
    fake.change("c1", { assignee: "ana" });
    await refresh();
    expect(cards()).toEqual(["Maria Lopez"]);
  });

  it("stays away after it was declined, also when the leg is placed a moment later", async () => {
    const { id, parties } = await ring();
    const early = { ...(fake.phone.calls.get(id) as Call), parties: parties.slice(0, 1) };
    fake.phone.put(early);
    await refresh();
    await click(named("Decline"));
    fake.phone.put({ ...early, parties });
    fake.change("c1", { assignee: "ana" });
    await refresh();
    expect(cards()).toEqual([]);
  });

  it("leaves when the caller has hung up", async () => {
    const { id } = await ring();
    fake.phone.put({ ...(fake.phone.calls.get(id) as Call), state: "abandoned" });
    fake.change("c1", { call: null });
    await refresh();
    expect(cards()).toEqual([]);
  });

  it("leaves when the call went to a colleague and left the agent's list", async () => {
    const { id } = await ring();
    fake.phone.calls.set(id, { ...(fake.phone.calls.get(id) as Call), agent: "ben", parties: [] });
    fake.change("c1", { assignee: "ben" });
    await refresh();
    expect(cards()).toEqual([]);
  });

  it("stands above those that ring after it, and alone has the keys", async () => {
    fake.add(conversation({ id: "c2" }));
    await ring();
    fake.phone.ring("c2", { name: "Eva Lind", queued_at: new Date().toISOString() });
    await refresh();
    expect(cards()).toEqual(["Maria Lopez", "Eva Lind"]);
    expect(document.querySelectorAll("[data-key='shift+a']")).toHaveLength(1);
    expect(document.querySelectorAll("[data-key='shift+x']")).toHaveLength(1);
  });
});

it("no toast says again what the card says", async () => {
  fake.change("c1", { assignee: null });
  await refresh();
  await ring();
  expect(app.store.toasts.value).toEqual([]);
});
