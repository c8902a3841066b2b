// Puts the quiet lines of one call together, so that a call is one entry that unfolds: pure.

import type { Message } from "../../api/types";

export interface CallBlock {
  id: string;
  /** What happened, oldest first. */
  steps: Message[];
  /** The one line that says how it went; the latest while the call goes on. */
  telling: Message;
  over: boolean;
  /** Nobody talked with the customer: they are to be called. */
  missed: boolean;
}

export type Entry = { kind: "message"; message: Message } | { kind: "call"; block: CallBlock };

/** Steps that end a call, the most telling first. */
const ENDINGS = [
  "call.ended",
  "call.recorded",
  "call.callback",
  "call.missed",
  "call.unanswered",
  "call.cancelled",
  "call.failed",
];
const MISSED = new Set(["call.recorded", "call.missed", "call.unanswered", "call.failed"]);

/** A block stands where its call began; what was written meanwhile follows it. */
export function grouped(messages: readonly Message[]): Entry[] {
  const calls = new Map<string, Message[]>();
  const entries: (Message | string)[] = [];
  for (const message of messages) {
    const call = callOf(message);
    const steps = calls.get(call);
    if (call && steps) steps.push(message);
    else if (call) calls.set(call, [message]);
    if (!steps || !call) entries.push(call || message);
  }
  return entries.map((entry) =>
    typeof entry === "string"
      ? { kind: "call", block: blockOf(entry, calls.get(entry) ?? []) }
      : { kind: "message", message: entry },
  );
}

/** The message that says when an entry began. */
export function firstOf(entry: Entry): Message {
  return entry.kind === "call" ? (entry.block.steps[0] as Message) : entry.message;
}

/** The call that a quiet line is about, or empty. What is to be heard or read stands for itself. */
function callOf({ channel, event, provider_id, attachments, recording }: Message): string {
  const quiet = channel === "voice" && event !== "" && attachments.length === 0 && recording === null;
  return quiet ? provider_id : "";
}

function blockOf(id: string, steps: Message[]): CallBlock {
  const ending = ENDINGS.map((event) => steps.findLast((step) => step.event === event)).find(Boolean);
  const telling = ending ?? (steps.at(-1) as Message);
  return { id, steps, telling, over: ending !== undefined, missed: MISSED.has(telling.event) };
}
