// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CallCards } from "../../src/calls/card/cards";
import { followLegs } from "../../src/calls/reading";
import { loadList } from "../../src/inbox/loading";
import { type Bench, bench } from "../app";
import { agent, call } from "../fake/call-facts";
import { clear, find, settled, show } from "../screen";

let { app, fake }: Bench = bench();

beforeEach(async () => {
  ({ app, fake } = bench("#/mine"));
  await show(app, <CallCards />);
});
afterEach(clear);

describe("a leg of a call that is on no list", () => {
  const asked = call({
    id: "CA7",
    conversation: "elsewhere",
    agent: "ben",
    parties: [agent("ringing", "consult-1")],
  });
  const rings = (id: string) => {
    app.store.calls.legs.value = [{ sid: "L1", call: id, state: "ringing" }];
  };
  const cardOf = async (id: string) => {
    const stop = followLegs(app);
    await act(async () => {
      rings(id);
      await settled();
    });
    const kind = find(".call-kind").textContent;
    stop();
    return kind;
  };

  it("is a colleague who asks: the call is read and has a card", async () => {
    fake.phone.calls.set("CA7", asked);
    expect(await cardOf("CA7")).toBe("A colleague asks you to join a call");
  });

  it("has a card also for whom it has rung before", async () => {
    const before = { ...asked, conversation: "c1", parties: [agent("left")] };
    fake.change("c1", { call: before });
    await loadList(app, "mine");
    fake.phone.calls.set("CA7", { ...before, parties: [...before.parties, ...asked.parties] });
    expect(await cardOf("CA7")).toBe("A colleague asks you to join a call");
  });

  it("is asked for once, also when nobody knows it", async () => {
    const stop = followLegs(app);
    fake.requests = [];
    rings("CA404");
    for (let turn = 0; turn < 5; turn += 1) await settled();
    expect(fake.requests).toEqual(["GET /calls/CA404"]);
    stop();
  });
});
