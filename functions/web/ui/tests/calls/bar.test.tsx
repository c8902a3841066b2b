// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import type { Call } from "../../src/api/call-types";
import { CallStrip } from "../../src/calls/strip";
import { listenToKeys } from "../../src/keys/keyboard";
import { Toasts } from "../../src/ui/toasts";
import { agent } from "../fake/call-facts";
import { click, find, isThere, named, press, settled, show } from "../screen";
import { app, fake, id, now, refresh } from "./one-talk";

const off = (name: string) => (named(name) as HTMLButtonElement).disabled;
const set = async (patch: Partial<Call>) => {
  fake.phone.put({ ...now(), ...patch });
  await refresh();
};

const toasts = () => find(".toasts").textContent;
/** The server says no to it once. */
const refused = async (name: string) => {
  await show(
    app,
    <>
      <CallStrip />
      <Toasts />
    </>,
  );
  fake.phone.refusal = "Not now.";
  await click(named(name));
  fake.phone.refusal = "";
};

describe("the bar of a call", () => {
  it("says who is on the line, how they are, and how long it lasts", () => {
    const words = find(".call-bar").textContent;
    expect(words).toContain("Maria Lopez on the line");
    expect(words).toContain("You on the line");
    expect(find("[role=timer]").textContent).toMatch(/^0:0\d$/);
  });

  it("names the customer by their conversation where the network brings a number only", async () => {
    const parties = now().parties.map((party) => ({ ...party, name: party.id }));
    await set({ name: "+15550100", parties });
    expect(find(".call-name").textContent).toBe("Maria Lopez");
    expect(find(".party").textContent).toBe("Maria Lopez on the line");
  });

  it("stays when the agent looks at another conversation, and leads back", async () => {
    await act(() => {
      app.store.route.value = { view: "all", conversation: "c2" };
    });
    expect(find("a.call-name").getAttribute("href")).toBe("#/all/c1");
  });

  it("lets nobody press what the call does not allow now", async () => {
    expect([off("Mute"), off("Hold"), off("Transfer"), off("Hang up")]).toEqual([false, false, false, false]);
    app.store.conversations.value = new Map();
    app.store.calls.others.value = new Map([[id, { ...now(), can: ["hang_up"] }]]);
    await act(() => settled());
    expect([off("Mute"), off("Hold"), off("Transfer"), off("Hang up")]).toEqual([true, true, true, false]);
  });

  it("shows hold at once and keeps it through an older reading", async () => {
    const before = now();
    await click(named("Hold"));
    expect(fake.phone.calls.get(id)?.parties[0]?.state).toBe("held");
    expect(find("[data-state=held]").textContent).toContain("on hold");
    await set({ parties: before.parties });
    expect(isThere("Hold")).toBe(true);
  });

  it("takes hold back when it was refused, and says how the customer is", async () => {
    fake.phone.refusal = "This call cannot be put on hold now.";
    await click(named("Hold"));
    expect(isThere("Hold")).toBe(true);
    expect(app.store.toasts.value.at(-1)?.text).toBe(
      "The customer is not on hold. This call cannot be put on hold now.",
    );
  });

  it("takes an error away once the wish is met", async () => {
    await refused("Hold");
    expect(toasts()).toContain("The customer is not on hold.");
    await click(named("Hold"));
    expect(toasts()).toBe("");
    expect(app.store.toasts.value).toEqual([]);
  });

  it("takes an error away once the call is over, and not before", async () => {
    await refused("Hang up");
    await set({ problem: "Something else." });
    expect(toasts()).toContain("The call goes on.");
    await set({ state: "completed", wrap_until: null });
    expect(toasts()).toBe("");
  });

  it("closes the microphone in the browser before it asks the server", async () => {
    await click(named("Mute"));
    expect(app.phone.told).toEqual(["mute true"]);
    expect(find(".party:nth-of-type(2)").textContent).toContain("muted");
    await click(named("Unmute"));
    expect(app.phone.told).toEqual(["mute true", "mute false"]);
  });

  it("opens the microphone again when muting was refused: what the button says is so", async () => {
    fake.phone.refusal = "You are not in this call.";
    await click(named("Mute"));
    expect(app.phone.told).toEqual(["mute true", "mute false"]);
    expect(isThere("Mute")).toBe(true);
    expect(app.store.toasts.value.at(-1)?.text).toBe("You can still be heard. You are not in this call.");
  });

  it("pauses the recording for payment data and goes on", async () => {
    await click(named("Pause recording"));
    expect(now().recording).toBe("paused");
    await click(named("Record again"));
    expect(now().recording).toBe("on");
  });

  it("has no recording to pause where nothing is recorded", async () => {
    await set({ recording: "off" });
    expect(isThere("Pause recording")).toBe(false);
  });

  it("says in plain words what went wrong", async () => {
    await set({ problem: "The recording could not be paused: it has stopped." });
    expect(find(".call-problem[role=alert]").textContent).toContain("it has stopped");
  });

  it("works for who is on their telephone, without a keypad of its own", async () => {
    await set({ device: "phone" });
    expect([isThere("Keypad"), off("Mute"), off("Hold")]).toEqual([false, false, false]);
  });

  it("sends keys to the machine at the other end, from the pad and from the keyboard", async () => {
    await click(named("Keypad"));
    await click(named("1"));
    await press(find(".keypad"), "#");
    await press(find(".keypad"), "x");
    expect(app.phone.told).toEqual(["digits 1", "digits #"]);
    expect(find(".keypad-sent").textContent).toBe("1#");
    await press(find(".keypad"), "Escape");
    expect(document.activeElement).toBe(named("Keypad"));
  });
});

describe("while a colleague is asked in", () => {
  beforeEach(() => set({ parties: [...now().parties, agent("ringing", "consult-1", "ben", "Ben Okafor")] }));

  it("there is a way back to the customer, and the others open once they have picked up", async () => {
    expect([off("Back to customer"), off("Hand over"), off("Three-way")]).toEqual([false, true, true]);
    await set({ parties: now().parties.map((party) => ({ ...party, state: "joined" })) });
    expect([off("Hand over"), off("Three-way")]).toEqual([false, false]);
  });

  it("the customer comes back when the question is dropped", async () => {
    await click(named("Back to customer"));
    expect(now().parties.map(({ state }) => state)).toEqual(["joined", "joined", "left"]);
    expect(isThere("Transfer")).toBe(true);
  });

  it("handing over ends the call for the agent", async () => {
    await set({ parties: now().parties.map((party) => ({ ...party, state: "joined" })) });
    await click(named("Hand over"));
    expect(find(".wrap-up").textContent).toContain("Call ended");
  });
});

describe("the keys of a call", () => {
  listenToKeys(app.store);

  it("press the controls that carry them", async () => {
    await press(document.body, "H", { shiftKey: true });
    expect(now().parties[0]?.state).toBe("held");
  });

  it("never fire while somebody writes", async () => {
    document.body.insertAdjacentHTML("beforeend", "<textarea></textarea>");
    await press(find("textarea"), "E", { shiftKey: true });
    expect(now().state).toBe("in_progress");
    find("textarea").remove();
  });
});
