// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/api/errors";
import Known from "../../src/inbox/contact/known";
import { Row } from "../../src/inbox/list/row";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { conversation } from "../fake/company";
import { clear, click, find, settled, show } from "../screen";

let { app, fake }: Bench = bench();

function Screen() {
  const heads = [...app.store.conversations.value.values()];
  const [first] = heads;
  return (
    <>
      {heads.map((head) => (
        <Row key={head.id} conversation={head} view="mine" />
      ))}
      {first && <Known conversation={first} />}
    </>
  );
}

const marks = () => document.querySelectorAll(".row .vip").length;
const vip = () => find(".known [type=checkbox]") as HTMLInputElement;
const owner = () => find(".known select") as HTMLSelectElement;

async function give(agent: string): Promise<void> {
  await act(async () => {
    owner().value = agent;
    owner().dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  });
}

beforeEach(async () => {
  ({ app, fake } = bench());
  fake.add(conversation({ id: "c2" }));
  fake.add(conversation({ id: "c3", contact: { id: "ct3", name: "Joan", address: "+15550101" } }));
  await loadList(app, "mine");
  await show(app, <Screen />);
  await act(settled);
});
afterEach(clear);

describe("what a customer is to us", () => {
  it("a VIP is marked in every row of theirs at once, and in no other", async () => {
    expect(marks()).toBe(0);
    await click(vip());
    expect(marks()).toBe(2);
    await click(vip());
    expect(marks()).toBe(0);
  });

  it("belongs to the agent who is chosen, and stays a VIP", async () => {
    await click(vip());
    await give("ben");
    expect(fake.desk.contacts.get("ct1")).toEqual({ vip: true, owner: { id: "ben", name: "Ben Okafor" } });
    expect(find(".known-owner small").textContent).toBe("New work of theirs is kept for Ben first");
    expect(find(".known [role=status]").textContent).toBe("Saved: a VIP, belongs to Ben Okafor.");
    await give("");
    expect(fake.desk.contacts.get("ct1")?.owner).toBeNull();
  });

  it("is what it was where the server refuses, and says why beside it", async () => {
    const refused = new ApiError(409, "conflict", "The contact keeps changing; try again.", "r1");
    vi.spyOn(app.api, "markContact").mockRejectedValueOnce(refused);
    await click(vip());
    expect(vip().checked).toBe(false);
    expect(find(".known [role=alert]").textContent).toContain("The contact keeps changing");
  });
});
