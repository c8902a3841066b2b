// @vitest-environment happy-dom
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppContext } from "../../src/app-context";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { PresenceSwitch } from "../../src/presence/presence";
import { putDraft } from "../../src/store";
import { type Bench, bench } from "../app";

let { app, fake }: Bench = bench();
let presenceAtSignOut = "";
const signOut = vi.fn(() => {
  presenceAtSignOut = fake.me.presence;
});

async function choose(label: string): Promise<void> {
  await act(() => document.querySelector<HTMLElement>(".presence-button")?.click());
  const items = [...document.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  await act(async () => {
    items.find((item) => item.textContent?.startsWith(label))?.click();
    await vi.advanceTimersByTimeAsync(0);
  });
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  vi.clearAllMocks();
  ({ app, fake } = bench());
  app.session = { signOut };
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <PresenceSwitch />
      </AppContext.Provider>,
      document.body,
    ),
  );
});

afterEach(() => {
  render(null, document.body);
  vi.useRealTimers();
});

describe("signing out", () => {
  it("takes the agent offline first, so that no work goes to an empty chair", async () => {
    await choose("Sign out");
    await vi.waitFor(() => expect(signOut).toHaveBeenCalledOnce());
    expect(fake.requests).toEqual(["PUT /me/presence"]);
    expect(presenceAtSignOut).toBe("OFFLINE");
  });

  it("happens even if the server refuses the presence", async () => {
    vi.spyOn(app.api, "setPresence").mockRejectedValueOnce(new Error("The server is away."));
    await choose("Sign out");
    expect(signOut).toHaveBeenCalledOnce();
  });

  it("does not wait for a server that never answers", async () => {
    vi.spyOn(app.api, "setPresence").mockReturnValueOnce(new Promise(() => undefined));
    await choose("Sign out");
    expect(signOut).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(signOut).toHaveBeenCalledOnce();
  });

  it("leaves no unsent words behind", async () => {
    putDraft(app.store, "c1", { ...EMPTY_DRAFT, reply: "Tomorrow" });
    await choose("Sign out");
    await vi.waitFor(() => expect(signOut).toHaveBeenCalledOnce());
    expect(app.store.drafts.value.size).toBe(0);
  });
});
