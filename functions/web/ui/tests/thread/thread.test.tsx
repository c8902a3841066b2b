// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { AppContext } from "../../src/app-context";
import { loadThread } from "../../src/inbox/loading";
import { ThreadPane } from "../../src/inbox/thread/thread";
import { bench } from "../app";

const back = () => [...document.querySelectorAll(".back")].map((link) => link.getAttribute("href"));

async function open(id: string): Promise<void> {
  const { app } = bench(`#/all/${id}`);
  await loadThread(app, id);
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <ThreadPane id={id} />
      </AppContext.Provider>,
      document.body,
    ),
  );
}

afterEach(() => render(null, document.body));

it("leads back to the list from a conversation", async () => {
  await open("c1");
  expect(back()).toEqual(["#/all"]);
});

it("leads back to the list from a conversation that is unknown or not the agent's to see", async () => {
  await open("elsewhere");
  expect(document.querySelector("[role=alert]")?.textContent).toContain("This conversation did not load");
  expect(back()).toEqual(["#/all"]);
});
