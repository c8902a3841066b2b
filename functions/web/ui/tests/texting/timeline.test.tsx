// @vitest-environment happy-dom
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Message } from "../../src/api/types";
import { ContactPanel } from "../../src/inbox/contact/contact";
import { loadThread } from "../../src/inbox/loading";
import { TextingDialogs } from "../../src/inbox/texting/dialogs";
import { ThreadPane } from "../../src/inbox/thread/thread";
import { type Bench, bench } from "../app";
import { attachment, BY_ANA, message } from "../fake/company";
import { clear, click, find, isThere, named, press, settled, show } from "../screen";

const MARIA = "+15550100";
let { app, fake }: Bench = bench();
const timeline = () => find(".timeline").textContent ?? "";
const ours = {
  direction: "outbound",
  author: BY_ANA,
  status: "undelivered",
  at: "2026-03-02T09:05:00Z",
} as const;
const photo = (id: string) =>
  attachment({ id, filename: `${id}.jpg`, content_type: "image/jpeg", url: "/x.jpg" });

async function open(...messages: Partial<Message>[]): Promise<void> {
  messages.forEach((each, at) => fake.receive(message({ id: `n${at}`, ...each })));
  await loadThread(app, "c1");
  await show(
    app,
    <>
      <ThreadPane id="c1" />
      <ContactPanel id="c1" />
      <TextingDialogs />
    </>,
  );
  await act(settled);
}

function fault(status_code: string, status_action: Message["status_action"]): Partial<Message> {
  return { ...ours, text: "It is ready.", status_code, status_reason: `${status_code} Why.`, status_action };
}

beforeEach(() => {
  ({ app, fake } = bench());
});
afterEach(() => {
  clear();
  vi.unstubAllGlobals();
});

it("a text without words and files says that it is empty", async () => {
  await open({ text: " " });
  expect(find(".message:last-of-type .bubble").textContent).toBe("(empty text)");
});

it.each([
  [MARIA, ["+1 555 0100", undefined]],
  ["Maria Lopez", ["Maria Lopez+1 555 0100", "+1 555 0100"]],
])("of %s the number is said once at each place", async (name, said) => {
  fake.change("c1", { contact: { id: "ct1", name, address: MARIA } });
  await open();
  const address = document.querySelector(".contact .address")?.textContent;
  expect([find(".title").textContent, address]).toEqual(said);
});

describe("a text that did not arrive offers the next step", () => {
  it("a call", async () => {
    await open(fault("30006", "call_instead"));
    expect(timeline()).toContain("Not delivered: Why (30006). A call may reach them.");
    await click(named("Call instead"));
    expect(app.store.calls.dialog.value).toEqual({ kind: "dial", conversation: "c1" });
  });

  it("only words where nobody here takes calls", async () => {
    app.store.me.value = { ...fake.me, capacity: { sms: 3 } };
    await open(fault("30006", "call_instead"));
    expect(isThere("Call instead")).toBe(false);
  });

  it("a mail that asks for another number", async () => {
    fake.change("c1", { channels: ["email", "sms"] });
    await open(fault("30005", "ask_other_number"));
    await click(named("Ask by mail"));
    expect(app.store.drafts.value.get("c1")?.channel).toBe("email");
  });

  it("details for an admin, on the screen where they cannot be copied", async () => {
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
    await open({ ...fault("30007", "tell_admin"), provider_id: "SM7" });
    await click(named("Copy the details"));
    expect(app.store.toasts.value[0]?.text).toContain("At Twilio: SM7");
  });

  it("the words again, to be changed", async () => {
    await open(fault("21617", "shorten"));
    await click(named("Write it again"));
    expect(app.store.drafts.value.get("c1")).toMatchObject({ channel: "sms", reply: "It is ready." });
  });

  it("a template, although words may be free yet", async () => {
    fake.change("c1", { channels: ["whatsapp"], whatsapp_until: "2026-03-02T20:00:00Z" });
    await open({ ...fault("63016", "use_template"), channel: "whatsapp" });
    await click(named("Choose a template"));
    await act(settled);
    expect(document.querySelector(".templates select")).not.toBeNull();
  });

  it("what they said, where they opted out", async () => {
    fake.texting.say(MARIA, "out", "keyword", "STOP", "2026-03-01T09:00:00Z");
    await open(fault("21610", "opted_out"));
    await click(named("What they said"));
    await act(settled);
    expect(find("dialog .statements").textContent).toContain("“STOP”");
  });

  it("nothing while it is tried again, but the time", async () => {
    await open({ ...fault("30003", "retried"), status: "sent", again_at: "2026-03-02T09:40:00Z" });
    expect(timeline()).toContain("Not arrived yet: Why (30003). It will be tried again at");
    expect(isThere("Write it again")).toBe(false);
  });

  it("none in a closed conversation", async () => {
    fake.change("c1", { status: "closed" });
    await open(fault("30006", "call_instead"));
    expect(isThere("Call instead")).toBe(false);
  });
});

describe("pictures of a text", () => {
  it("are shown in boxes, other files as downloads, and what is missing is said", async () => {
    const files = [
      photo("one"),
      photo("two"),
      attachment({ id: "v", filename: "card.vcf", content_type: "text/vcard" }),
    ];
    await open({
      attachments: files,
      files_pending: 1,
      explanation: "New. 1 of 4 files not imported: The file is larger than 25 MB.",
    });
    expect(document.querySelectorAll(".pictures img[loading=lazy][width]")).toHaveLength(2);
    expect(find(".attachments").textContent).toContain("card.vcf");
    expect(timeline()).toContain("A file is on its way");
    expect(timeline()).toContain("1 of 4 files not imported: The file is larger than 25 MB.");
  });

  it("fill the screen one after the other by the arrow keys", async () => {
    await open({ attachments: [photo("one"), photo("two")] });
    await click(named("Show one.jpg"));
    const viewer = () => find("dialog.viewer");
    expect(viewer().textContent).toContain("one.jpg, 1 of 2");
    await press(viewer(), "ArrowRight");
    expect(viewer().textContent).toContain("two.jpg, 2 of 2");
    await press(viewer(), "ArrowRight");
    expect(viewer().textContent).toContain("one.jpg, 1 of 2");
    expect(viewer().querySelector("a[download]")?.textContent).toContain("Download");
  });
});

describe("the panel of a customer", () => {
  it("has each number as people read it, with what they want of texts", async () => {
    fake.texting.say(MARIA, "out", "agent", "Asked for it on the phone", "2026-03-01T09:00:00Z");
    await open();
    const numbers = find(".numbers").textContent ?? "";
    expect(numbers).toContain("+1 555 0100");
    expect(numbers).toContain("that the customer opted out: Asked for it on the phone");
  });

  it("notes what a customer asked for, with the reason", async () => {
    await open();
    await click(named("Texts"));
    await act(settled);
    const reason = find("dialog textarea") as HTMLTextAreaElement;
    await act(() => {
      reason.value = "Said so on the phone";
      reason.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await act(async () => {
      find("dialog form").dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
      await settled();
    });
    expect(fake.texting.said.get(MARIA)?.[0]).toMatchObject({ state: "out", words: "Said so on the phone" });
    expect(app.store.toasts.value.at(-1)?.text).toBe("No more texts go to this number");
  });

  it("says why a short code cannot be answered, in the place of a composer, too", async () => {
    const contact = { id: "ct1", name: "", address: "+12025550100/BANK" };
    fake.change("c1", { contact, unanswerable: "“BANK” is a short code or a sender's name." });
    fake.messages = [];
    await open();
    expect(find(".composer").textContent).toContain("“BANK” is a short code");
    expect(document.querySelector(".composer textarea")).toBeNull();
    expect(find(".contact").textContent).not.toContain("+1");
  });
});
