// A fake of the HTTP API that keeps its promises: request ids are idempotent, an unseen message refuses a reply,
// changes are logged. The tests run against it, and so does `npm run dev`.

import type { Held, ReplyPlan } from "../../src/api/mail-types";
import type { Routing } from "../../src/api/routing-types";
import type { Transfer } from "../../src/api/transfer";
import type { Change, Conversation, Me, Message } from "../../src/api/types";
import { belongs } from "../../src/inbox/list/arrange";
import { type Answer, type Asked, error, missing, NOBODY } from "./answers";
import { FakeCalls } from "./calls";
import { FakeDesk } from "./desk";
import { decided, lifted } from "./holding";
import { ANA, BY_ANA, message } from "./company";
import { FakeMenus } from "./menus";
import { merged, parted, split } from "./merging";
import { recorded } from "./recordings";
import { COLLEAGUES, isRouting, routed } from "./routing";
import { sayText, started } from "./starting";
import { FakeTexting } from "./texting";

export class FakeApi {
  me: Me = structuredClone(ANA);
  conversations = new Map<string, Conversation>();
  messages: Message[] = [];
  changes: Change[] = [];
  /** Every request, as "POST /conversations/c1/close". */
  requests: string[] = [];
  held: Held[] = [];
  /** What `GET …/routing` says of a conversation, where a test says it. */
  explained = new Map<string, Routing>();
  /** What `GET …/reply` proposes. */
  plan: ReplyPlan = { ...NOBODY };
  phone = new FakeCalls(this);
  desk = new FakeDesk(this);
  menus = new FakeMenus();
  texting = new FakeTexting(this);
  pageSize = 50;
  private uploads = 0;
  readonly sent = new Map<string, Message>();
  private clock = Date.now();

  add(conversation: Conversation, ...messages: Message[]): void {
    this.conversations.set(conversation.id, conversation);
    this.messages.push(...messages);
  }

  /** Something the customer does, as intake would record it. */
  receive(message: Message): void {
    this.messages.push(message);
    this.change(message.conversation, {
      last_visible: message.id,
      preview: message.text,
      last_message_at: message.at,
    });
  }

  answer(method: string, url: string, body: string | null = null): Answer {
    const { pathname, searchParams: query } = new URL(url, "http://fake");
    this.requests.push(`${method} ${pathname.slice(4)}`);
    const path = pathname.split("/").slice(2);
    const asked = { method, path, query, body: body ? JSON.parse(body) : {} };
    if (path[0] === "calls") return this.phone.answer(asked);
    if (path[0] === "call-backs") return this.phone.list();
    if (path[0] === "inboxes" && path[2] === "ivr") return this.menus.answer(asked);
    if (path[0] === "inboxes") return { status: 200, body: { items: this.texting.templates } };
    if (path[0] === "texting") return this.texting.first(asked);
    if (path[2] === "texting" || path[2] === "consent") return this.texting.answer(asked);
    if (path[0] === "held") return decided(this, asked);
    if (path[0] === "suppressions") return lifted(this, decodeURIComponent(path[1] ?? ""));
    if (path[0] === "conversations" && path[1] === undefined && method === "POST")
      return started(this, asked);
    return path[0] === "conversations" ? this.inbox(asked) : this.own(asked);
  }

  /** The same as a `fetch`, for the client under test. */
  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { status, body } = this.answer(init.method ?? "GET", url, init.body as string | null);
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  };

  /** The bucket: every upload arrives at once. */
  transfer: Transfer = async (_ticket, _file, progress) => progress(1);

  private own({ method, path, query, body }: Asked): Answer {
    switch (`${method} ${path.join("/")}`) {
      case "GET me":
        return { status: 200, body: this.me };
      case "POST me/heartbeat":
        return { status: 204 };
      case "POST me/socket":
        return { status: 200, body: { ticket: "once" } };
      case "GET me/phone":
      case "PUT me/phone":
      case "POST me/voice-token":
        return this.phone.own(`${method} ${path.join("/")}`, body);
      case "POST uploads":
        this.uploads += 1;
        return { status: 201, body: { id: `u${this.uploads}`, url: "/nowhere", method: "PUT", expires: "" } };
      case "GET me/colleagues":
        return { status: 200, body: COLLEAGUES };
      case "GET changes":
        return this.changesAfter(query.get("after"));
      default:
        return this.desk.answer(`${method} ${path.join("/")}`, body) ?? missing();
    }
  }

  private changesAfter(after: string | null): Answer {
    const items = after === null ? [] : this.changes.slice(Number(after));
    return { status: 200, body: { items, next: String(this.changes.length), reset: false } };
  }

  private inbox(asked: Asked): Answer {
    const { method, query, body } = asked;
    const [, id, verb, ...rest] = asked.path;
    if (id === undefined) return this.list(query);
    const conversation = this.conversations.get(id);
    if (!conversation) return missing();
    if (verb === "calls" || verb === "call-backs" || verb === "calling")
      return this.phone.begin(id, verb, body);
    if (isRouting(verb)) return routed(this, conversation, asked);
    if (verb === "contact") return this.desk.contact(id, method, body);
    if (rest[1] === "reply") return { status: 200, body: this.plan };
    if (rest[1] === "transcript" || rest[1] === "recording") return recorded(this, method, rest);
    if (rest[1] === "source") return { status: 200, body: { url: "/icon.svg" } };
    if (method === "GET")
      return verb === "messages" ? this.page(id, query) : { status: 200, body: conversation };
    if (verb === "replies") return this.reply(conversation, body);
    if (verb === "notes")
      return this.say(conversation, body, 201, { channel: "note", direction: "internal" });
    if (verb === "merge") return merged(this, conversation, body.into ?? "");
    if (verb === "unmerge") return parted(this, conversation);
    if (verb === "split") return split(this, conversation, body.messages as unknown as string[]);
    return this.change(id, { status: verb === "close" ? "closed" : "open" });
  }

  private list(query: URLSearchParams): Answer {
    const view = query.get("view") as Parameters<typeof belongs>[0];
    const all = [...this.conversations.values()].filter((each) => belongs(view, each, this.me.id));
    all.sort((one, other) => other.last_message_at.localeCompare(one.last_message_at));
    const from = Number(query.get("cursor") ?? 0);
    const next = from + this.pageSize < all.length ? String(from + this.pageSize) : null;
    return { status: 200, body: { items: all.slice(from, from + this.pageSize), next } };
  }

  private page(id: string, query: URLSearchParams): Answer {
    const sources = [id, ...(this.conversations.get(id)?.absorbed ?? [])];
    const all = this.messages.filter((each) => sources.includes(each.conversation));
    all.sort((one, other) => one.at.localeCompare(other.at));
    const to = Number(query.get("cursor") ?? all.length);
    const from = Math.max(0, to - this.pageSize);
    return { status: 200, body: { items: all.slice(from, to), next: from > 0 ? String(from) : null } };
  }

  private reply(conversation: Conversation, body: Asked["body"]): Answer {
    const current = body.seen === conversation.last_visible || body.force;
    if (!current && !this.sent.has(body.request_id ?? "")) {
      const visible = this.messages.filter((each) => each.conversation === conversation.id);
      const newer = visible.slice(visible.findIndex((each) => each.id === body.seen) + 1);
      return { status: 409, body: { ...error("conflict", "A newer message has arrived."), newer } };
    }
    const number = body.number || this.texting.numbersOf(conversation)[0] || "";
    const refused = this.texting.refusal(body, number);
    if (refused) return refused;
    const answer = sayText(this, conversation, body);
    this.change(conversation.id, { last_visible: (answer.body as Message).id, waiting_since: null });
    return answer;
  }

  say(conversation: Conversation, body: Asked["body"], status: number, kind: Partial<Message>): Answer {
    const requestId = body.request_id ?? "";
    this.clock += 1000;
    const id = `sent-${this.sent.size + 1}`;
    const at = new Date(this.clock).toISOString();
    const said =
      this.sent.get(requestId) ?? message({ id, at, author: BY_ANA, ...kind, text: body.text ?? "" });
    said.conversation = conversation.id;
    if (!this.sent.has(requestId)) this.messages.push(said);
    this.sent.set(requestId, said);
    this.changes.push({ kind: "message", conversation: conversation.id, agent: null });
    return { status, body: said };
  }

  /** Patch a head, and log that it changed. */
  change(id: string, patch: Partial<Conversation>): Answer {
    const changed = { ...(this.conversations.get(id) as Conversation), ...patch };
    this.conversations.set(id, changed);
    this.changes.push({ kind: "conversation", conversation: id, agent: null });
    return { status: 200, body: changed };
  }
}
