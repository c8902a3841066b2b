// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { distrust, isTrusted, keepTrusted, trust } from "../../src/inbox/thread/remote-images";
import { createStore } from "../../src/store";
import { BY_EVA, mail, message } from "../fake/company";

const fromEva = (details = mail()) => message({ id: "m1", author: BY_EVA, mail: details });

function opened(agent = "ana") {
  const store = createStore();
  keepTrusted(store, agent, localStorage);
  return store;
}

describe("images from elsewhere", () => {
  beforeEach(() => localStorage.clear());

  it("are fetched for a sender from the moment the agent says so, also after a reload", () => {
    const store = opened();
    expect(isTrusted(store, fromEva())).toBe(false);
    trust(store, "Eva@Example.org");
    expect(isTrusted(store, fromEva())).toBe(true);
    expect(isTrusted(opened(), fromEva())).toBe(true);
  });

  it("are not fetched any more once the agent takes it back, and nothing stays behind", () => {
    trust(opened(), "eva@example.org");
    distrust(opened(), "eva@example.org");
    expect(isTrusted(opened(), fromEva())).toBe(false);
    expect(localStorage.length).toBe(0);
  });

  it("are each agent's own choice", () => {
    trust(opened("ana"), "eva@example.org");
    expect(isTrusted(opened("ben"), fromEva())).toBe(false);
  });

  it.each([
    ["may be forged", mail({ warnings: [{ level: "danger", text: "It failed DMARC." }] })],
    ["comes from a stranger", mail({ unverified: true })],
    ["is spam", mail({ kind: "spam" })],
  ])("are not fetched for a mail that %s, whoever it claims to be from", (_why, details) => {
    const store = opened();
    trust(store, "eva@example.org");
    expect(isTrusted(store, fromEva(details))).toBe(false);
  });
});
