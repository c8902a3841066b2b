import { expect, it, vi } from "vitest";
import { discard, release } from "../../src/inbox/held";
import { loadList } from "../../src/inbox/loading";
import { bench } from "../app";
import { held } from "../fake/company";

const entry = held({ id: "h1" });

async function opened() {
  const { app, fake } = bench("#/held");
  fake.held = [entry, held({ id: "h2" })];
  await loadList(app, "held");
  return { app, fake, ids: () => app.store.lists.held.value.ids };
}

it("what is released or discarded leaves the list", async () => {
  const { app, fake, ids } = await opened();
  await release(app, entry, null);
  await discard(app, held({ id: "h2" }));
  expect(ids()).toEqual([]);
  expect(fake.requests.slice(-2)).toEqual(["POST /held/h1/release", "POST /held/h2/discard"]);
});

it("what no inbox owns is released into the one that the lead names", async () => {
  const { app } = await opened();
  const asked = vi.spyOn(app.api, "release");
  await release(app, entry, "billing");
  expect(asked).toHaveBeenCalledWith("h1", "billing");
});

it("a decision that was refused brings the entry back to its place and says so", async () => {
  const { app, ids } = await opened();
  vi.spyOn(app.api, "release").mockRejectedValueOnce(new Error("Somebody was faster."));
  await release(app, entry, null);
  expect(ids()).toEqual(["h1", "h2"]);
  expect(app.store.toasts.value[0]?.text).toContain("Somebody was faster.");
});
