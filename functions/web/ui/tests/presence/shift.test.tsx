// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadList } from "../../src/inbox/loading";
import { stateWords } from "../../src/presence/held";
import ShiftDialog from "../../src/presence/shift/shift-dialog";
import { summary } from "../../src/presence/shift/outcome";
import type { Leaving } from "../../src/presence/state";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";
import { clear, click, find, isThere, named, press, settled, show, write } from "../screen";

let { app, fake }: Bench = bench();
const signOut = vi.fn();
const closed = vi.fn();
const text = () => document.querySelector("dialog")?.textContent ?? "";
const NOTE = "dialog [name=note]";

async function open(then: Leaving | null = null): Promise<void> {
  await loadList(app, "mine");
  await show(app, <ShiftDialog then={then} closed={closed} />);
  await act(settled);
}

async function handOver(target: string): Promise<void> {
  await act(() => {
    const field = find("dialog select") as HTMLSelectElement;
    field.value = target;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await write(NOTE, "All were answered.");
  await press(find(NOTE), "Enter", { ctrlKey: true });
  await act(settled);
}

beforeEach(() => {
  vi.clearAllMocks();
  ({ app, fake } = bench());
  app.session = { signOut };
  fake.add(conversation({ id: "c2", subject: "Two bikes", waiting_since: "2026-03-02T09:18:00Z" }));
  const asleep = { status: "snoozed", routing: "SNOOZED", snoozed_until: null } as const;
  fake.add(conversation({ id: "c3", subject: "Later", ...asleep }));
  fake.add(conversation({ id: "c4", assignee: "ben" }));
});
afterEach(clear);

describe("what is still with an agent", () => {
  it("is listed with how it stands, what is snoozed too, and nothing of a colleague's", async () => {
    await open();
    expect([...document.querySelectorAll(".rest small")].map((each) => each.textContent).sort()).toEqual([
      "Answered",
      "Snoozed until they write",
      "The customer waits, 12 min",
    ]);
  });

  it("says of calls and offers that they end otherwise", () => {
    const words = (patch: object) => stateWords(conversation({ id: "c", ...patch }), app.store.now.value);
    expect(words({ routing: "OFFERED" })).toBe("Only offered to you: answer it, or decline it");
    expect(words({ routing: "WRAP" })).toBe("Closed; its wrap-up ends by itself");
    expect(words({ call: { state: "in_progress" } })).toBe("On the phone with you");
  });
});

describe("handing over the rest", () => {
  it("shows colleagues as they stand", async () => {
    await open();
    const options = [...document.querySelectorAll("dialog option")].map((each) => each.textContent);
    expect(options[0]).toBe("The queue");
    expect(options[1]).toBe("Ben Okafor: online");
    expect(options[2]).toMatch(/^Chloé Martin: away, lunch, back at /);
    expect(options.slice(3)).toEqual(["Front desk", "Second line"]);
  });

  it("asks for a note, and puts the keyboard there", async () => {
    await open();
    await act(() => {
      find("dialog form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    });
    expect(find("dialog form [role=alert]").textContent).toContain("Write a note");
    expect(fake.requests.filter((each) => each.startsWith("POST"))).toEqual([]);
  });

  it("says of each what moved and what did not, and why", async () => {
    fake.desk.staying.set("c2", "You are on the phone with this customer.");
    await open();
    await handOver("agent ben");
    expect(find(".outcome").textContent).toBe("2 of 3 are with Ben Okafor now.");
    expect(document.activeElement).toBe(find(".outcome"));
    expect(find(".kept").textContent).toContain("Two bikesYou are on the phone with this customer.");
    expect(fake.conversations.get("c1")?.assignee).toBe("ben");
    expect(text()).toContain("Still with you");
  });

  it("takes no new work from then on, or it would come straight back", async () => {
    await open();
    await handOver("queue");
    expect(fake.requests.filter((each) => !each.startsWith("GET"))).toEqual([
      "PUT /me/presence",
      "POST /me/hand-over",
    ]);
    expect(fake.me.presence).toBe("DRAINING");
    expect(text()).toContain("Nothing is left with you.");
  });

  it("leaves the note and says why where the server refuses", async () => {
    await open();
    vi.spyOn(app.api, "handOverAll").mockRejectedValueOnce(new Error("The server is away."));
    await handOver("pool over");
    expect(find("dialog form [role=alert]").textContent).toContain("The server is away.");
    expect((find(NOTE) as HTMLTextAreaElement).value).toBe("All were answered.");
  });

  it.each([
    [2, 0, "All 2 are with Ben now."],
    [1, 0, "It is with Ben now."],
    [1, 1, "1 of 2 are with Ben now."],
    [0, 2, "Nothing moved to Ben."],
    [0, 0, "There was nothing left to hand over."],
  ])("sums up %i moved and %i kept", (moved, kept, words) => {
    const lines = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ id: `${id}`, name: "", why: "" }));
    expect(summary({ to: "Ben", moved: lines(moved), kept: lines(kept) })).toBe(words);
  });
});

describe("the way out", () => {
  it("is offered with the work that stays, and takes the agent offline", async () => {
    await open("offline");
    expect(text()).toContain("what is listed waits for you until you are back");
    await click(named("Go offline"));
    expect(fake.me.presence).toBe("OFFLINE");
    expect(signOut).not.toHaveBeenCalled();
  });

  it("signs out", async () => {
    await open("sign-out");
    await click(named("Sign out"));
    await vi.waitFor(() => expect(signOut).toHaveBeenCalledOnce());
    expect(fake.me.presence).toBe("OFFLINE");
  });

  it("does not offer to go offline twice", async () => {
    app.store.me.value = { ...fake.me, presence: "OFFLINE" };
    await open();
    expect([isThere("Go offline"), isThere("Sign out")]).toEqual([false, true]);
  });
});
