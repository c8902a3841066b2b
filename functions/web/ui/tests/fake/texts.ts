// Texts and WhatsApp of that morning: pictures, an opt-out, a night, failures, a session and a short code.

import type { Conversation, Message } from "../../src/api/types";
import type { FakeApi } from "./api";
import { attachment, BY_ANA, conversation, isoBefore, message } from "./company";

const SPAIN = { id: "ct50", name: "Lucía Ortega", address: "+34612345678" };

/** Add them to the fake API. */
export function addTexts(api: FakeApi, now: number): void {
  const texts = new Texts(api, now);
  texts.pictures();
  texts.optedOut();
  texts.night();
  texts.failures();
  texts.whatsapp();
  texts.shortCode();
}

class Texts {
  constructor(
    private readonly api: FakeApi,
    private readonly now: number,
  ) {}

  pictures(): void {
    const number = "+14155550101";
    const files = ["#c2410c", "#15803d", "#1d4ed8"].map((colour, at) =>
      attachment({
        id: `pic${at}`,
        filename: `media${at + 1}.png`,
        content_type: "image/png",
        url: drawn(colour),
      }),
    );
    this.add("t1", { name: "Dana Whitfield", address: number }, {}, [
      { text: "My bike has a dent, see the pictures", attachments: files },
      {
        text: "",
        attachments: [
          attachment({ id: "vcf", filename: "media1.vcf", content_type: "text/vcard", size: 812 }),
        ],
        explanation:
          "It joined the open conversation of this number. 1 of 3 files not imported: The file is larger than 25 MB.",
      },
      { text: "One more is coming", files_pending: 1 },
    ]);
  }

  optedOut(): void {
    const number = "+14155550102";
    this.api.texting.say(number, "in", "import", "", isoBefore(this.now, 9 * 1440));
    this.api.texting.say(number, "out", "keyword", "STOP", isoBefore(this.now, 2 * 1440));
    this.add("t2", { name: "Omar Haddad", address: number }, { channels: ["email", "sms"] }, [
      { text: "Is there a size L?" },
      { event: "consent.stop", text: "STOP" },
    ]);
  }

  night(): void {
    const number = "+14155550103";
    this.api.texting.quiet.set(number, isoBefore(this.now, -9 * 60));
    this.api.texting.numbers.set("t3", [number, "+14155550188"]);
    this.add("t3", { name: "Grace Lee", address: number }, {}, [{ text: "Does the store open on Sunday?" }]);
  }

  failures(): void {
    const failed = { direction: "outbound", author: BY_ANA, status: "undelivered" } as const;
    this.add("t4", { name: "Peter Novak", address: "+14155550104" }, { channels: ["email", "sms"] }, [
      { text: "Please text me when it is ready" },
      { ...failed, text: "It is ready.", ...fault("30006", "The number is a landline.", "call_instead") },
      {
        ...failed,
        text: "It is ready now.",
        ...fault("30007", "The carrier filtered the text as unwanted.", "tell_admin"),
      },
      { ...failed, text: "You can come.", ...fault("30005", "The number is unknown.", "ask_other_number") },
      {
        ...failed,
        status: "sent",
        text: "It is at the counter.",
        ...fault("30003", "The phone is switched off or out of reach.", "retried"),
        again_at: isoBefore(this.now, -12),
      },
    ]);
  }

  whatsapp(): void {
    const channels = { channels: ["whatsapp"] as Conversation["channels"] };
    const open = { ...channels, whatsapp_until: isoBefore(this.now, -300) };
    const closed = { ...channels, whatsapp_until: isoBefore(this.now, 600) };
    this.add("t5", SPAIN, open, [
      { channel: "whatsapp", text: "Hola, is my lamp ready?" },
      {
        channel: "whatsapp",
        direction: "outbound",
        author: BY_ANA,
        status: "read",
        text: "Nearly. I will write at noon.",
      },
    ]);
    this.add("t6", { ...SPAIN, name: "Bruno Keller", address: "+491701234567" }, closed, [
      { channel: "whatsapp", text: "Please keep me posted" },
    ]);
  }

  shortCode(): void {
    const unanswerable =
      "“72345” is a short code or a sender's name: nobody can be written to under it. Ask the customer for a number, or write a mail.";
    this.add("t7", { name: "72345", address: "+12025550100/72345" }, { unanswerable }, [
      { text: "Your parcel is at the depot." },
    ]);
  }

  private add(
    id: string,
    who: { name: string; address: string },
    head: Partial<Conversation>,
    messages: Partial<Message>[],
  ): void {
    const contact = { id: `contact-${id}`, ...who };
    const author = { kind: "contact", id: `phone:${who.address}`, ...who } as const;
    const said = messages.map((each, at) =>
      message({ id: `${id}-m${at}`, conversation: id, author, at: isoBefore(this.now, 40 - at), ...each }),
    );
    const last = said.at(-1) as Message;
    const visible = said.findLast(({ event }) => !event) as Message;
    const facts = { last_visible: visible.id, last_message_at: last.at, preview: last.text || "media1.png" };
    this.api.add(conversation({ id, contact, ...facts, ...head }), ...said);
  }
}

function fault(code: string, meaning: string, action: Message["status_action"]): Partial<Message> {
  return { status_code: code, status_reason: `${code} ${meaning}`, status_action: action };
}

/** A picture that needs no file. */
function drawn(colour: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="${colour}"/><circle cx="320" cy="240" r="120" fill="#fff"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
