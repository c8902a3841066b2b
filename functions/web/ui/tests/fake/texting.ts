// Texts and WhatsApp of the fake API: consent, quiet hours, a first text's notice, templates, and first texts.

import type { ConsentSource, Statement, Template, Texting } from "../../src/api/texting-types";
import type { Conversation, Message } from "../../src/api/types";
import { type Answer, type Asked, error, missing } from "./answers";
import type { FakeApi } from "./api";
import { conversation } from "./company";

const SENDER = "+12025550100";

export const TEMPLATES: Template[] = [
  {
    sid: "HX0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    name: "parcel_arrived",
    language: "en",
    body: "Hello {{1}}, your parcel has arrived at our shop. You can pick it up until {{2}}.",
    variables: ["1", "2"],
  },
  {
    sid: "HX1a1b2c3d4e5f60718293a4b5c6d7e8f9",
    name: "we_called",
    language: "en",
    body: "We tried to reach you about your lamp. Reply here, and we will help you at once.",
    variables: [],
  },
];

export class FakeTexting {
  /** What was said, by number, the latest first. */
  said = new Map<string, Statement[]>();
  /** Numbers that were written to before, or wrote: no notice for those. */
  known = new Set<string>();
  /** Until when it is night where a number is. */
  quiet = new Map<string, string>();
  /** Numbers of a conversation's customer, where there are several. */
  numbers = new Map<string, string[]>();
  templates: Template[] = TEMPLATES;

  constructor(private readonly api: FakeApi) {}

  say(number: string, state: "in" | "out", source: ConsentSource, words: string, at: string): void {
    const by = source === "agent" ? this.api.me.id : number;
    this.said.set(number, [{ state, source, at, by, words }, ...(this.said.get(number) ?? [])]);
  }

  /** `…/texting` and `…/consent` of a conversation. */
  answer({ method, path, query, body }: Asked): Answer {
    const head = this.api.conversations.get(path[1] ?? "");
    if (!head) return missing();
    const numbers = this.numbersOf(head);
    const number = (method === "PUT" ? body.number : query.get("number")) || numbers[0];
    if (!number) return { status: 400, body: error("invalid", "No number of this customer is known.") };
    if (path[2] === "texting") return { status: 200, body: this.outlook(number, numbers) };
    return method === "PUT" ? this.note(number, body) : this.stated(number);
  }

  /** `POST /texting`: a first text. */
  first({ body }: Asked): Answer {
    const digits = (body.number ?? "").replaceAll(/[^\d+]/g, "");
    if (digits.length < 8)
      return {
        status: 400,
        body: error(
          "invalid",
          `“${body.number}” is no telephone number. Write it as +14155550123 or (415) 555-0123.`,
        ),
      };
    const number = digits.startsWith("+") ? digits : `+1${digits}`;
    return { status: 200, body: this.outlook(number, [number]) };
  }

  /** What refuses a text, as the server would; null where it may go. */
  refusal(body: Asked["body"], number: string): Answer | null {
    if (body.channel !== "sms") return null;
    const rules = this.outlook(number, [number]).against;
    const rule = rules.find(({ overridable }) => !(overridable && body.override_quiet));
    return rule ? { status: 422, body: error(rule.code, rule.message) } : null;
  }

  /** A first text opens a conversation, unless the customer has one and nobody said "anyway". */
  begin(asked: Asked): Answer | Conversation {
    const { body } = asked;
    const number = (this.first(asked).body as Texting).number;
    const refused = this.first(asked).status === 400 ? this.first(asked) : this.refusal(body, number);
    if (refused) return refused;
    const open = [...this.api.conversations.values()].find(({ contact }) => contact.address === number);
    if (open && !body.anyway)
      return {
        status: 409,
        body: { ...error("conflict", "The customer has an open conversation."), conversation: open.id },
      };
    this.known.add(number);
    const channel = body.channel as "sms" | "whatsapp";
    const contact = { id: "ct9", name: "", address: number };
    const id = `c${this.api.conversations.size + 1}`;
    return conversation({
      id,
      contact,
      inbox: body.inbox ?? "",
      channels: [channel],
      assignee: this.api.me.id,
    });
  }

  /** How a template reads. */
  words(body: Asked["body"]): string {
    const chosen = body.template as unknown as { sid: string; variables: Record<string, string> } | undefined;
    const template = this.templates.find(({ sid }) => sid === chosen?.sid);
    return template
      ? template.body.replaceAll(/\{\{(\w+)\}\}/g, (_place, name) => chosen?.variables[name] ?? "")
      : "";
  }

  numbersOf({ id, contact }: Conversation): string[] {
    const written = this.api.messages
      .filter(({ conversation, author }) => conversation === id && author.kind === "contact")
      .map(({ author }: Message) => author.address)
      .reverse();
    const own = this.numbers.get(id) ?? [...written, contact.address];
    return [...new Set(own.filter((address) => address.startsWith("+")))];
  }

  private outlook(number: string, numbers: string[]): Texting {
    const [latest] = this.said.get(number) ?? [];
    const reason = latest ? reasonOf(latest) : "";
    const out = latest?.state === "out";
    const written = this.api.messages.some(({ author }) => author.address === number);
    const against: Texting["against"] = [];
    if (out)
      against.push({ code: "opted_out", message: `${number} gets no texts: ${reason}.`, overridable: false });
    const quiet = this.quiet.get(number) ?? null;
    if (quiet) against.push({ code: "quiet_hours", message: NIGHT, overridable: true });
    return {
      sender: SENDER,
      service: "",
      number,
      numbers,
      country: "US",
      line: "landline or mobile",
      can_text: !out,
      against,
      consents: [
        {
          sender: SENDER,
          number,
          state: latest?.state ?? "none",
          source: latest?.source ?? "",
          since: latest?.at ?? null,
          by: latest?.by ?? "",
          reason,
        },
      ],
      quiet_until: quiet,
      notice: written || this.known.has(number) ? "" : "Store. Reply STOP to opt out.",
      estimate: {
        ...{ text: "", encoding: "GSM-7", units: 0, segments: 0, flipped_by: "", price: null },
        ...{ segment_price: "0.0083", currency: "USD" },
      },
    };
  }

  private stated(number: string): Answer {
    const { consents } = this.outlook(number, [number]);
    return { status: 200, body: { consents, history: this.said.get(number) ?? [] } };
  }

  private note(number: string, body: Asked["body"]): Answer {
    const [latest] = this.said.get(number) ?? [];
    if (body.state === "in" && latest?.source === "keyword" && this.api.me.role === "agent")
      return {
        status: 403,
        body: error("forbidden", "Ask the customer to text START, or a lead to lift it."),
      };
    this.say(number, body.state as "in" | "out", "agent", body.reason ?? "", new Date().toISOString());
    return this.stated(number);
  }
}

const NIGHT =
  "It is 22:40 in America/New_York, and texts to US rest from 21:00 to 08:00. Send it later, or send it now all the same.";

function reasonOf({ state, source, at, by, words }: Statement): string {
  const verb = state === "out" ? "opted out" : "opted in";
  const day = at.slice(0, 10);
  if (source === "agent") return `${by} noted on ${day} that the customer ${verb}: ${words}`;
  return `the customer ${verb} on ${day} with “${words}”`;
}
