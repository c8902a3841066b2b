// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AppContext } from "../../src/app-context";
import { ConversationList } from "../../src/inbox/list/list";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";

let { app, fake }: Bench = bench();
const names = () => [...document.querySelectorAll(".who")].map((row) => row.textContent);
const joan = conversation({
  id: "c2",
  contact: { id: "ct2", name: "Joan", address: "+15550101" },
  last_message_at: "2026-03-02T09:20:00Z",
});

async function show(): Promise<void> {
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <ConversationList />
      </AppContext.Provider>,
      document.body,
    ),
  );
}

beforeEach(() => {
  ({ app, fake } = bench("#/mine"));
});

afterEach(() => render(null, document.body));

it("says something kind and true when there is nothing to do", async () => {
  fake.conversations.clear();
  await loadList(app, "mine");
  await show();
  expect(document.body.textContent).toContain("Nobody is waiting for you");
});

it.each([
  ["ONLINE", "New work comes to you here while you are online."],
  ["AWAY", "You are away. Set yourself online to get work."],
  ["OFFLINE", "You are offline. Set yourself online to get work."],
] as const)("tells who is %s whether work comes", async (presence, words) => {
  fake.conversations.clear();
  app.store.me.value = { ...fake.me, presence };
  await loadList(app, "mine");
  await show();
  expect(document.querySelector(".state p")?.textContent).toBe(words);
});

it("speaks of presence only where the agent's own work comes", async () => {
  ({ app, fake } = bench("#/closed"));
  app.store.me.value = { ...fake.me, presence: "OFFLINE" };
  await loadList(app, "closed");
  await show();
  expect(document.querySelector(".state p")?.textContent).not.toContain("offline");
});

it.each([
  [["sms"], "(no words)"],
  [["voice"], ""],
] as const)("a row of %s without words is not left empty where words are due", async (channels, words) => {
  fake.change("c1", { channels: [...channels], preview: "" });
  await loadList(app, "mine");
  await show();
  expect(document.querySelector(".what")?.textContent).toBe(words);
});

it("says what happened and offers to try again", async () => {
  vi.spyOn(app.api, "conversations").mockRejectedValueOnce(new Error("The server is away."));
  await loadList(app, "mine");
  await show();
  expect(document.querySelector("[role=alert]")?.textContent).toContain("The server is away.");
  await act(async () => {
    document.querySelector<HTMLButtonElement>("[role=alert] button")?.click();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(names()).toEqual(["Maria Lopez"]);
});

it("moves nothing under the pointer, and lets the agent decide when", async () => {
  await loadList(app, "mine");
  await show();
  app.store.listHeld.value = true;
  fake.add(joan);
  await act(() => loadList(app, "mine", new Set(["c2"]), true));
  expect(names()).toEqual(["Maria Lopez"]);
  expect(document.querySelector(".pill")?.textContent).toBe("1 new");
  await act(async () => {
    document.querySelector<HTMLButtonElement>(".pill")?.click();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(names()).toEqual(["Joan", "Maria Lopez"]);
});

it("says of what was filtered what it is, and shows our words without their marks", async () => {
  ({ app, fake } = bench("#/filtered"));
  fake.conversations.clear();
  fake.add({ ...joan, status: "closed", kind: "out_of_office", preview: "Away **all** week" });
  await loadList(app, "filtered");
  await show();
  expect(document.querySelector(".row .line")?.textContent).toContain("Away all weekOut of office");
});

it("shows how long the customer waits instead of when the message came", async () => {
  fake.add({ ...joan, waiting_since: "2026-03-02T09:18:00Z" });
  await loadList(app, "mine");
  await show();
  expect(document.querySelector(".row")?.textContent).toContain("waits 12 min");
});
