// When a customer is called back: the agent's own time in the picker, the customer's beside it. Pure; times come in.

const HOUR_MS = 3_600_000;
/** Nobody wants to be rung before or after these hours of theirs. */
const MORNING = 8;
const EVENING = 21;

/** The next full hour that is at least half an hour away, as the picker wants it: "2026-03-02T15:00". */
export function firstProposal(now: number): string {
  return pickerValue(Math.ceil((now + HOUR_MS / 2) / HOUR_MS) * HOUR_MS);
}

/** A moment in the agent's own time, as `<input type="datetime-local">` takes it. */
export function pickerValue(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** What was picked, as a moment; null for what is no time. */
export function momentOf(picked: string): number | null {
  const at = new Date(picked).getTime();
  return Number.isNaN(at) ? null : at;
}

/** "Mon 15:00" in a zone, or the agent's own. */
export function dayAndTime(at: number, zone?: string, locale?: string): string {
  const options = { weekday: "short", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale, { ...options, ...(zone && { timeZone: zone }) }).format(at);
}

/** What the time is for the customer, with a word of care at night; empty where their zone is not known. */
export function theirTime(at: number, zone: string | null, locale?: string): string {
  if (!zone) return "";
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(at),
  );
  const care = hour < MORNING || hour >= EVENING ? ". They may be asleep" : "";
  return `${dayAndTime(at, zone, locale)} for the customer${care}`;
}

/** Why a time cannot be taken; empty when it can. */
export function refusal(at: number | null, now: number): string {
  if (at === null) return "Choose a day and a time.";
  return at < now ? "That time is over. Choose a later one." : "";
}

/** How far off a call-back is: "in 20 min", "since 5 min". */
export function dueWords(due: string, now: number): string {
  const minutes = Math.round((Date.parse(due) - now) / 60_000);
  if (Math.abs(minutes) < 1) return "now";
  return minutes > 0 ? `in ${span(minutes)}` : `since ${span(-minutes)}`;
}

function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1440)} days`;
}
