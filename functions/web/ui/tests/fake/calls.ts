// The telephone of the fake API: one call per conversation, moved by what agents and customers do.

import type { Call, Party, Targets, Transfer } from "../../src/api/call-types";
import { type Answer, type Asked, error, missing } from "./answers";
import type { FakeApi } from "./api";
import { agent, call, consulted, customer, ended, rights, TARGETS } from "./call-facts";
import { message } from "./company";

const OFFER_MS = 25_000;

export class FakeCalls {
  calls = new Map<string, Call>();
  device: "browser" | "phone" = "browser";
  targets: Targets = TARGETS;
  calling = {
    numbers: ["+15550100"],
    zone: "America/New_York" as string | null,
    next_opening: null as string | null,
  };
  /** The last transfer that was asked for, and every body that began or planned a call. */
  transferred: Transfer | null = null;
  asked: Asked["body"][] = [];
  /** What POSTs on calls are refused with. */
  refusal = "";
  private drawn = 0;

  constructor(private readonly api: FakeApi) {}

  /** A customer's call is offered to Ana. */
  ring(conversation: string, patch: Partial<Call> = {}): Call {
    this.drawn += 1;
    const parties = [customer("waiting"), agent("ringing", `agent-${this.drawn}`)];
    const offer_expires = new Date(Date.now() + OFFER_MS).toISOString();
    const id = `CA${this.drawn}`;
    const ringing = call({ id, conversation, state: "offering", parties, offer_expires, ...patch });
    this.api.change(conversation, { assignee: "ana", routing: "OFFERED" });
    return this.put({ ...ringing, device: patch.device ?? this.device });
  }

  /** Ana picks up. */
  answered(id: string): Call {
    const known = this.calls.get(id) as Call;
    const parties = known.parties.map((party) =>
      party.state === "left" ? party : { ...party, state: "joined" as const },
    );
    return this.put({ ...known, state: "in_progress", parties, answered_at: now() });
  }

  /** A customer is to be called back. */
  planned(conversation: string, due: string): Call {
    const head = this.api.conversations.get(conversation);
    const { name = "" } = head?.contact ?? {};
    this.drawn += 1;
    const kind = { direction: "outbound", purpose: "call_back", state: "planned", agent: null } as const;
    return this.put(
      call({ id: `out-${this.drawn}`, conversation, name, due, tries: this.drawn - 1, ...kind }),
    );
  }

  /** Put a call as it is now, tell its conversation, and log the change. */
  put(call: Call): Call {
    const shown = { ...call, can: rights(call) };
    this.calls.set(call.id, shown);
    const over = shown.state === "completed" && shown.wrap_until === null;
    this.api.change(call.conversation, { call: over ? null : shown });
    return shown;
  }

  answer({ method, path: [, id = "", verb], body }: Asked): Answer {
    const known = this.calls.get(id);
    if (!known) return missing();
    if (method === "GET") return { status: 200, body: verb === "targets" ? this.targets : known };
    if (this.refusal) return { status: 409, body: error("conflict", this.refusal) };
    if (method === "DELETE") return this.cancel(known);
    if (method === "PATCH")
      return ok(this.put({ ...known, due: body.due ?? null, state: body.due ? "planned" : "queued" }));
    return ok(this.put(this.moved(known, verb ?? "", body)));
  }

  /** Where Ana's calls ring, and the pass of her browser. */
  own(asked: string, body: Asked["body"]): Answer {
    if (asked === "POST me/voice-token") {
      this.drawn += 1;
      return { status: 200, body: { token: `pass ${this.drawn}`, identity: "ana", expires: "" } };
    }
    if (asked === "PUT me/phone") this.device = body.device as FakeCalls["device"];
    return { status: 200, body: { device: this.device, number: "+12025550111" } };
  }

  /** Click-to-call and planning, below a conversation. */
  begin(conversation: string, verb: string, body: Asked["body"]): Answer {
    if (verb === "calling") return { status: 200, body: this.calling };
    this.asked.push(body);
    if (this.refusal) return { status: 409, body: error("conflict", this.refusal) };
    this.drawn += 1;
    const common = {
      id: `out-${this.drawn}`,
      conversation,
      direction: "outbound" as const,
      number: body.number ?? "",
    };
    if (verb === "calls")
      return ok(
        this.put(
          call({
            ...common,
            state: "offering",
            purpose: "dial",
            parties: [customer("waiting"), agent("ringing")],
          }),
        ),
      );
    const state = body.due ? "planned" : "queued";
    return ok(this.put(call({ ...common, purpose: "call_back", agent: null, due: body.due ?? null, state })));
  }

  /** Planned and waiting call-backs, the soonest first. */
  list(): Answer {
    const waiting = [...this.calls.values()].filter(
      ({ purpose, state }) => purpose === "call_back" && (state === "planned" || state === "queued"),
    );
    const items = waiting.sort((one, other) => (one.due ?? "").localeCompare(other.due ?? ""));
    return { status: 200, body: { items, next: null } };
  }

  private moved(call: Call, verb: string, body: Asked["body"]): Call {
    const on = (body as unknown as { on: boolean }).on;
    if (verb === "hold")
      return {
        ...call,
        parties: call.parties.map((party) =>
          party.kind === "customer" ? { ...party, state: on ? "held" : "joined" } : party,
        ),
      };
    if (verb === "mute")
      return {
        ...call,
        parties: call.parties.map((party) => (party.id === "ana" ? { ...party, muted: on } : party)),
      };
    if (verb === "recording") return { ...call, recording: on ? "on" : "paused" };
    if (verb === "transfer") return this.handedOn(call, body as unknown as Transfer);
    if (verb === "consult") return consulted(call, body.action ?? "");
    if (verb === "decline") return this.away(call, "call.declined", "Ana Ruiz declined.");
    return verb === "wrap-up" ? { ...call, wrap_until: null } : ended(call);
  }

  private handedOn(call: Call, asked: Transfer): Call {
    const { mode, agent: to, number } = (this.transferred = asked);
    if (mode === "cold") return this.away(call, "call.transferred", "Ana Ruiz transferred the call.");
    const name = this.targets.agents.find(({ id }) => id === to)?.name ?? "";
    const third: Party = {
      label: "consult-1",
      kind: to ? "agent" : "number",
      id: to ?? number ?? "",
      name,
      state: "ringing",
      muted: false,
    };
    const held = call.parties.map((party) =>
      party.kind === "customer" ? { ...party, state: "held" as const } : party,
    );
    return { ...call, parties: [...held, third] };
  }

  /** It goes to somebody else. */
  private away(call: Call, event: string, text: string): Call {
    this.step(call, event, text);
    this.api.change(call.conversation, { assignee: null, routing: "WAITING" });
    const parties = call.parties.map((party) =>
      party.kind === "agent" ? { ...party, state: "left" as const } : party,
    );
    return { ...call, state: "queued", agent: null, parties };
  }

  private cancel(call: Call): Answer {
    this.put({ ...call, state: "cancelled" });
    this.api.change(call.conversation, { call: null });
    return { status: 204 };
  }

  /** A quiet line in the timeline. */
  step({ id, conversation }: Pick<Call, "id" | "conversation">, event: string, text: string): void {
    const at = now();
    const kind = { direction: "internal", channel: "voice", event, provider_id: id } as const;
    this.api.messages.push(
      message({ id: `${event}-${this.api.messages.length}`, conversation, at, text, ...kind }),
    );
  }
}

function ok(body: Call): Answer {
  return { status: 202, body };
}

function now(): string {
  return new Date().toISOString();
}
