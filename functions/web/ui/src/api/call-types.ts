// The facts of the HTTP API that only telephone calls have. Times are ISO 8601 in UTC, numbers are E.164.

import type { Named, Presence } from "./types";

export type CallState =
  | "incoming"
  | "ivr"
  | "queued"
  | "offering"
  | "dialling"
  | "in_progress"
  | "recording"
  | "planned"
  | "completed"
  | "voicemail"
  | "callback_requested"
  | "abandoned"
  | "unanswered"
  | "cancelled"
  | "failed";

/** What the asking agent may do with a call now. */
export type CallRight =
  | "decline"
  | "hold"
  | "mute"
  | "recording"
  | "transfer"
  | "consult_complete"
  | "consult_cancel"
  | "consult_merge"
  | "hang_up"
  | "wrap_up"
  | "cancel";

export interface Party {
  label: string;
  kind: "customer" | "agent" | "number";
  /** An agent's id, or a number. */
  id: string;
  name: string;
  state: "waiting" | "placing" | "ringing" | "joined" | "held" | "left";
  muted: boolean;
}

export type PhoneKind = "browser" | "phone";

export interface Call {
  id: string;
  direction: "inbound" | "outbound";
  state: CallState;
  inbox: string;
  conversation: string;
  /** The customer's, or empty where it was withheld. */
  number: string;
  name: string;
  our_number: string;
  agent: string | null;
  /** What the caller chose in the menu. */
  choice: string;
  queued_at: string | null;
  answered_at: string | null;
  ended_at: string | null;
  wrap_until: string | null;
  /** When a planned call-back is due. */
  due: string | null;
  tries: number;
  parties: Party[];
  recording: "off" | "on" | "paused";
  /** What went wrong, in plain words; empty when nothing did. */
  problem: string;
  /** Where the agent is rung; empty where nobody is. */
  device: PhoneKind | "";
  can: CallRight[];
  /** Until when it rings at the present agent. */
  offer_expires?: string | null;
  /** What the caller's network says about the number (STIR/SHAKEN): only A vouches for it; "failed" is forged. */
  verified?: string;
  /** The note that came with a transfer. */
  handover?: { by: string; note: string } | null;
  purpose?: "" | "dial" | "call_back";
  /** The conversation's. */
  subject?: string;
}

/** To whom a call goes: exactly one of the three. A warm one goes to an agent or a number. */
export interface Transfer {
  mode: "cold" | "warm";
  note: string;
  agent: string | null;
  skill: string | null;
  number: string | null;
}

/** Whom a call can be transferred to. */
export interface Targets {
  agents: (Named & { presence: Presence; reason: string; returns_at: string | null; free: boolean })[];
  /** `free` is how many agents with the skill could take a call now. */
  skills: { id: string; name: string; free: number }[];
}

/** What is to be known before a customer is called. */
export interface Calling {
  numbers: string[];
  /** The customer's time zone where their number tells it. */
  zone: string | null;
  /** When the inbox opens next, or null while it is open. */
  next_opening: string | null;
}

export interface CallBack {
  request_id: string;
  /** Null stands for now: the next free agent. */
  due: string | null;
  number: string | null;
  note: string;
}

/** Where an agent's calls ring. */
export interface PhoneChoice {
  device: PhoneKind;
  /** The agent's own telephone, from the configuration; empty without one. */
  number: string;
}

export interface VoiceToken {
  token: string;
  identity: string;
  expires: string;
}
