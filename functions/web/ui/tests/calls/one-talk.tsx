// A call that the agent is in, with the strip of calls on the screen, made anew for each test of the file that imports this.

import { act } from "preact/test-utils";
import { afterEach, beforeEach } from "vitest";
import type { Call } from "../../src/api/call-types";
import { CallStrip } from "../../src/calls/strip";
import { loadList } from "../../src/inbox/loading";
import { applyChanges } from "../../src/live/refresh";
import { type Bench, bench } from "../app";
import { clear, show } from "../screen";

export let { app, fake }: Bench = bench();
export let id = "";

/** The call as the server has it. */
export const now = () => fake.phone.calls.get(id) as Call;

export const refresh = () =>
  act(() => applyChanges(app, [{ kind: "conversation", conversation: "c1", agent: null }], false));

beforeEach(async () => {
  ({ app, fake } = bench("#/mine"));
  ({ id } = fake.phone.ring("c1", { recording: "on" }));
  fake.phone.answered(id);
  await loadList(app, "mine");
  await show(app, <CallStrip />);
});

afterEach(clear);
