// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadList } from "../../src/inbox/loading";
import { RoutingDialogs } from "../../src/inbox/routing/dialog";
import { type Bench, bench } from "../app";
import { clear, find, show } from "../screen";

let { app }: Bench = bench();

beforeEach(async () => {
  ({ app } = bench("#/mine/c1"));
  await loadList(app, "mine");
});
afterEach(clear);

it("is fetched when it is opened, and one that closes late does not close the next", async () => {
  app.store.routing.dialog.value = { kind: "priority", conversation: "c1" };
  await show(app, <RoutingDialogs />);
  await vi.waitFor(() => expect(find("dialog h2").textContent).toBe("Set the priority"));
  const first = find("dialog");
  await act(() => {
    app.store.routing.dialog.value = { kind: "escalate", conversation: "c1" };
  });
  await act(() => {
    first.dispatchEvent(new Event("close"));
  });
  expect(app.store.routing.dialog.value?.kind).toBe("escalate");
  await vi.waitFor(() => expect(find("dialog h2").textContent).toBe("Escalate"));
  await act(() => {
    find("dialog").dispatchEvent(new Event("close"));
  });
  expect(app.store.routing.dialog.value).toBeNull();
});
