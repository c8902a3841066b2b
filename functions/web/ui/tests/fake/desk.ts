// The agent's own day on the fake API: presence, the end of a shift; and what a customer is to us.

import type { KnownContact } from "../../src/api/presence-routes";
import type { Me } from "../../src/api/types";
import { type Answer, type Asked, error, missing } from "./answers";
import type { FakeApi } from "./api";

export class FakeDesk {
  /** Why conversations do not move, by their ids. */
  staying = new Map<string, string>();
  /** What customers are to us, by the ids of contacts. */
  contacts = new Map<string, Pick<KnownContact, "vip" | "owner">>();

  constructor(private readonly api: FakeApi) {}

  /** Presence and the hand-over of everything; null for other routes. */
  answer(asked: string, body: Asked["body"]): Answer | null {
    if (asked === "PUT me/presence") return this.choose(body);
    return asked === "POST me/hand-over" ? this.handOver(body) : null;
  }

  contact(conversation: string, method: string, body: Asked["body"]): Answer {
    const who = this.api.conversations.get(conversation)?.contact;
    if (!who) return missing();
    if (method === "PUT") this.mark(who.id, body as unknown as { vip: boolean; owner: string | null });
    const known = this.contacts.get(who.id) ?? { vip: false, owner: null };
    return { status: 200, body: { id: who.id, name: who.name, ...known } };
  }

  private mark(contact: string, { vip, owner }: { vip: boolean; owner: string | null }): void {
    const agent = this.api.me.agents.find(({ id }) => id === owner) ?? null;
    this.contacts.set(contact, { vip, owner: agent });
    for (const head of this.api.conversations.values())
      if (head.contact.id === contact) this.api.change(head.id, { contact: { ...head.contact, vip } });
  }

  private choose({ presence, reason, returns_at }: Asked["body"]): Answer {
    const chosen = presence as Me["presence"];
    this.api.me = {
      ...this.api.me,
      presence: chosen,
      draining: chosen === "DRAINING",
      presence_reason: reason ?? "",
      returns_at: returns_at ?? null,
      ramping_until: null,
    };
    return { status: 200, body: this.api.me };
  }

  private handOver({ agent, note }: Asked["body"]): Answer {
    if (!note) return { status: 422, body: error("refused", "Write a note for whoever goes on.") };
    const mine = [...this.api.conversations.values()].filter(
      ({ assignee, status }) => assignee === this.api.me.id && status !== "closed",
    );
    const kept = mine.flatMap(({ id }) => {
      const why = this.staying.get(id);
      return why ? [{ conversation: id, why }] : [];
    });
    const moved = mine.map(({ id }) => id).filter((id) => !this.staying.has(id));
    for (const id of moved) this.api.change(id, { assignee: agent ?? null });
    return { status: 200, body: { moved, kept } };
  }
}
