// Calls in the agent's words: numbers as people read them, states, times, what a caller id is worth.

import type { Call, Party } from "../api/call-types";

/** Calling codes of two digits (ITU-T E.164); 1 and 7 have one, all others three. */
const TWO = /^(2[07]|3[0-4690]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** A short code or a name (`+14155550100/BANK`) is known by the number of ours that it wrote to. */
const SENDER = /^\+\d+\/(.+)$/s;

/** "+12025550100" as "+1 202 555 0100"; what is no number stays as it is. */
export function readable(number: string): string {
  const sender = SENDER.exec(number)?.[1];
  if (sender) return sender;
  if (!/^\+\d{5,15}$/.test(number)) return number;
  const digits = number.slice(1);
  const code = /^[17]/.test(digits) ? 1 : TWO.test(digits) ? 2 : 3;
  return `+${digits.slice(0, code)} ${grouped(digits.slice(code))}`;
}

/** Threes, and what is left at the end joins the last group. */
function grouped(digits: string): string {
  const groups = digits.match(/\d{3}(?=\d{3})|\d+/g) ?? [];
  return groups.join(" ");
}

export function callerName({ name, number }: Pick<Call, "name" | "number">): string {
  return readable(name) || readable(number) || "Unknown caller";
}

const VERDICTS: Record<string, string> = {
  A: "Caller id verified",
  failed: "The caller id is false: somebody else may be calling",
};

/** What the caller id is worth; only full attestation vouches for it (STIR/SHAKEN, ATIS-1000074). */
export function vouched({ verified, number, direction }: Call): string {
  if (direction === "outbound" || !number) return "";
  return VERDICTS[verified ?? ""] ?? "Caller id not verified";
}

/** "0:07", "12:30", "1:02:03". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

const STATE_WORDS: Record<Party["state"], string> = {
  waiting: "waiting",
  placing: "being called",
  ringing: "ringing",
  joined: "on the line",
  held: "on hold",
  left: "has left",
};

export function partyWords({ state, muted }: Party): string {
  return muted && state === "joined" ? "muted" : STATE_WORDS[state];
}

/** A party by name; the agent at this screen is "You". */
export function partyName(party: Party, me: string): string {
  if (party.kind === "agent" && party.id === me) return "You";
  return callerName({ name: party.name, number: party.id });
}

/** How far a call is that has no one on the line yet; empty once people talk. */
export function progress(call: Call): string {
  if (call.state === "dialling") return `Calling ${callerName(call)}`;
  if (call.state !== "offering" && call.state !== "queued") return "";
  return call.device === "phone" ? "Your phone rings first" : "Connecting your browser first";
}
