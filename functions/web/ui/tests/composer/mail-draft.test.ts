import { describe, expect, it } from "vitest";
import {
  blockedAmong,
  newMail,
  partsOf,
  planned,
  whyNotAddressed,
  withPlan,
} from "../../src/inbox/composer/mail-draft";
import { attachment } from "../fake/company";
import { NOBODY } from "../fake/answers";

const EVA = { name: "Eva Lind", address: "eva@example.org" };
const TOM = { name: "", address: "tom@example.org" };
const PLAN = { ...NOBODY, to: [EVA], cc: [TOM], subject: "Re: Lamp", quoted_text: "> Broken" };
const answered = withPlan(planned("reply_all", "m1"), PLAN);

describe("an answer by mail", () => {
  it("goes to whom the server names, unless the agent was faster", () => {
    expect(answered).toMatchObject({ to: [EVA], cc: [TOM], subject: "Re: Lamp" });
    expect(withPlan({ ...planned("reply", "m1"), to: [TOM] }, PLAN).to).toEqual([TOM]);
  });

  it("leaves the subject to the server unless the agent changes it", () => {
    expect(partsOf(answered, [])).toEqual({ answers: "m1", to: [EVA], cc: [TOM], bcc: [] });
    expect(partsOf({ ...answered, subject: "Lamp 2" }, []).subject).toBe("Lamp 2");
  });

  it("says what it answers and carries even when nobody was looked up yet", () => {
    expect(partsOf(planned("reply", "m1"), ["u1"])).toEqual({ answers: "m1", attachments: ["u1"] });
    expect(partsOf(null, ["u1"])).toEqual({ attachments: ["u1"] });
  });

  it("can leave out the earlier mail", () => {
    expect(partsOf({ ...answered, quote: false }, []).quote).toBe(false);
  });

  it("waits for the server where it alone knows whom it is for", () => {
    expect(whyNotAddressed(planned("reply", "m1"))).toBe("");
    expect(whyNotAddressed(planned("reply_all", "m1"))).not.toBe("");
  });
});

describe("what keeps a mail from being sent is said in words:", () => {
  it("nobody to send it to", () => {
    expect(whyNotAddressed({ ...answered, to: [], cc: [] })).toBe("Say whom this is for.");
  });

  it("an address that is none", () => {
    const wrong = { ...answered, bcc: [{ name: "", address: "eva@" }] };
    expect(whyNotAddressed(wrong)).toBe("“eva@” is not a mail address.");
  });

  it("an address that is blocked; the line above it has the reason", () => {
    const block = {
      address: "EVA@example.org",
      reason: "the mailbox does not exist",
      at: "2026-02-01T09:00:00Z",
    };
    const blocked = { ...answered, plan: { ...PLAN, blocked: [block] } };
    expect(whyNotAddressed(blocked)).toBe("One address is blocked.");
    expect(blockedAmong(blocked)).toEqual([block]);
    expect(whyNotAddressed({ ...blocked, to: [TOM] })).toBe("");
  });

  it("a new mail without a subject", () => {
    expect(whyNotAddressed({ ...newMail("store"), to: [EVA] })).toBe("Say what this is about.");
  });
});

it("a forwarded mail says what it forwards and not what it answers", () => {
  const plan = { ...NOBODY, subject: "Fwd: Lamp", quoted_text: "> x", attachments: [attachment({})] };
  const forwarded = { ...withPlan(planned("forward", "m1"), plan), to: [TOM] };
  expect(partsOf(forwarded, [])).toEqual({ forwards: "m1", to: [TOM], cc: [], bcc: [] });
});
