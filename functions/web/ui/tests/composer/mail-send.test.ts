import { beforeEach, describe, expect, it, vi } from "vitest";
import { answer, patchMail } from "../../src/inbox/composer/answer";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { newMail } from "../../src/inbox/composer/mail-draft";
import { LIMITS } from "../../src/inbox/composer/limits";
import { NEW } from "../../src/inbox/composer/outgoing-new";
import { sendDraft, takeBack } from "../../src/inbox/composer/send";
import { sendNew } from "../../src/inbox/composer/start";
import { addFiles, removeFile } from "../../src/inbox/composer/uploads";
import { loadThread } from "../../src/inbox/loading";
import { putDraft } from "../../src/store";
import { type Bench, bench } from "../app";
import { NOBODY } from "../fake/answers";
import { attachment, BY_EVA, conversation, mail, message } from "../fake/company";

const EVA = { name: "Eva Lind", address: "eva@example.org" };
const RIVAL = { name: "", address: "x@rival.example" };
let { app, fake }: Bench = bench();
const draft = (id = "c1") => app.store.drafts.value.get(id);
const posted = () => fake.requests.filter((request) => request.includes("/replies"));

function write(reply: string): void {
  putDraft(app.store, "c1", { ...(draft() ?? EMPTY_DRAFT), reply });
}

beforeEach(async () => {
  ({ app, fake } = bench());
  const contact = { id: "ct2", ...EVA };
  fake.conversations.set("c1", conversation({ id: "c1", channels: ["email"], contact }));
  fake.messages = [message({ id: "m1", channel: "email", author: BY_EVA, mail: mail() })];
  fake.plan = { ...NOBODY, to: [EVA], subject: "Re: Lamp" };
  await loadThread(app, "c1");
});

describe("an answer by mail", () => {
  it("goes to whom the server names, with its files", async () => {
    const reply = vi.spyOn(app.api, "reply");
    await answer(app, "c1", "reply_all");
    await addFiles(app, "c1", [new File(["x"], "bill.pdf")], LIMITS.email);
    write("Here it is.");
    await sendDraft(app, "c1");
    expect(reply.mock.calls[0]?.[1]).toMatchObject({ answers: "m1", to: [EVA], attachments: ["u1"] });
    expect(draft()).toMatchObject({ reply: "", mail: null, files: [] });
  });

  it("asks once before it goes to a new outside address", async () => {
    fake.plan = { ...fake.plan, to: [EVA, RIVAL], new_domains: ["rival.example"] };
    await answer(app, "c1", "reply_all");
    write("Here it is.");
    await sendDraft(app, "c1");
    expect(posted()).toEqual([]);
    expect(draft()).toMatchObject({ reply: "Here it is.", mail: { asked: true } });
    await sendDraft(app, "c1");
    expect(posted()).toHaveLength(1);
  });

  it("is to the customer and not to a stranger who wrote later", async () => {
    const plan = vi.spyOn(app.api, "replyPlan");
    const later = { channel: "email", author: BY_EVA, at: "2026-03-02T09:10:00Z" } as const;
    fake.receive(message({ ...later, id: "m2", mail: mail({ unverified: true }) }));
    await loadThread(app, "c1");
    await answer(app, "c1", "reply");
    expect(plan).toHaveBeenCalledWith("c1", "m1", "reply");
  });

  it("that fails gives back words, recipients and files", async () => {
    vi.spyOn(app.api, "reply").mockRejectedValueOnce(new Error("no"));
    await answer(app, "c1", "reply");
    await addFiles(app, "c1", [new File(["x"], "bill.pdf")], LIMITS.email);
    write("Here it is.");
    await sendDraft(app, "c1");
    for (const failed of app.store.outgoing.value) takeBack(app, failed);
    expect(draft()).toMatchObject({ reply: "Here it is.", mail: { to: [EVA] }, files: [{ id: "u1" }] });
  });

  it("that somebody overtook is sent anyway once the agent has seen it, as the same intent", async () => {
    const reply = vi.spyOn(app.api, "reply");
    fake.receive(message({ id: "m2", channel: "email", at: "2026-03-02T09:10:00Z" }));
    write("Here it is.");
    await sendDraft(app, "c1");
    expect(draft()).toMatchObject({ reply: "Here it is.", newer: 1 });
    await sendDraft(app, "c1");
    const [first, second] = reply.mock.calls.map(([, body]) => body);
    expect(second).toMatchObject({ force: true, seen: "m2", request_id: first?.request_id });
    expect(first?.force).toBeUndefined();
  });

  it("that forwards takes the files along that the agent leaves in it", async () => {
    const reply = vi.spyOn(app.api, "reply");
    const files = [attachment({ id: "a1" }), attachment({ id: "a2" })];
    fake.plan = { ...fake.plan, to: [], attachments: files };
    await answer(app, "c1", "forward", "m1");
    patchMail(app.store, "c1", (mail) => ({ ...mail, to: [EVA] }));
    removeFile(app, "c1", draft()?.files[1]?.key ?? "");
    write("For you.");
    await sendDraft(app, "c1");
    expect(reply.mock.calls[0]?.[1]).toMatchObject({ forwards: "m1", to: [EVA], attachments: ["a1"] });
  });

  it("leaves the files of a forward behind when it becomes an answer", async () => {
    fake.plan = { ...fake.plan, attachments: [attachment({ id: "a1" })] };
    await answer(app, "c1", "forward", "m1");
    fake.plan = { ...fake.plan, attachments: [] };
    await answer(app, "c1", "reply", "m1");
    expect(draft()?.files).toEqual([]);
  });

  it("says so when nobody could be looked up, and the words stay", async () => {
    vi.spyOn(app.api, "replyPlan").mockRejectedValueOnce(new Error("The server is away."));
    write("Here it is.");
    await answer(app, "c1", "reply_all");
    expect(draft()).toMatchObject({ reply: "Here it is.", mail: { error: expect.stringContaining("away") } });
  });
});

describe("a new mail", () => {
  beforeEach(() => {
    vi.stubGlobal("window", { location: { assign: vi.fn() } });
    const written = { ...newMail("store"), to: [EVA], subject: "Lamp" };
    putDraft(app.store, NEW, { ...EMPTY_DRAFT, reply: "Dear Eva", mail: written });
  });

  it("opens its conversation once the server has it", async () => {
    await sendNew(app);
    expect(window.location.assign).toHaveBeenCalledWith("#/mine/c2");
    expect(app.store.conversations.value.get("c2")?.subject).toBe("Lamp");
    expect(draft(NEW)).toEqual(EMPTY_DRAFT);
  });

  it("that fails stays as it is, and is the same intent when it is sent again", async () => {
    const start = vi.spyOn(app.api, "start").mockRejectedValueOnce(new Error("no"));
    await sendNew(app);
    expect(app.store.outgoing.value).toMatchObject([{ state: "failed", reason: "no" }]);
    expect(draft(NEW)?.reply).toBe("Dear Eva");
    await sendNew(app);
    const [first, second] = start.mock.calls.map(([body]) => body.request_id);
    expect(second).toBe(first);
    expect(app.store.outgoing.value).toEqual([]);
  });

  it("is sent once when send is pressed twice", async () => {
    const start = vi.spyOn(app.api, "start");
    await Promise.all([sendNew(app), sendNew(app)]);
    expect(start).toHaveBeenCalledTimes(1);
  });
});
