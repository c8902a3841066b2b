// When a snoozed conversation comes back: what is proposed, and how it is said. In the agent's own time; pure.

const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;
const MONDAY = 1;
const MORNING = 9;
/** "This afternoon", as long as it is well before it. */
const AFTERNOON = 15;
const LAST_HOUR_BEFORE = 13;

export interface SnoozeTime {
  name: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** In an hour, this afternoon, tomorrow, next Monday: each only where it is a time of its own. */
export function snoozeTimes(now: number): SnoozeTime[] {
  const here = new Date(now);
  const toMonday = (MONDAY - here.getDay() + DAYS_OF_WEEK) % DAYS_OF_WEEK || DAYS_OF_WEEK;
  return [
    { name: "In an hour", at: wholeMinutes(now + HOUR_MS) },
    ...(here.getHours() < LAST_HOUR_BEFORE ? [{ name: "This afternoon", at: clock(now, 0, AFTERNOON) }] : []),
    { name: "Tomorrow morning", at: clock(now, 1, MORNING) },
    ...(toMonday > 1 ? [{ name: "Next Monday", at: clock(now, toMonday, MORNING) }] : []),
  ];
}

/** "15:00", "tomorrow 9:00", "Mon 9:00", "12 Mar, 9:00". */
export function untilWords(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(at);
  const days = Math.round((midnight(at) - midnight(now)) / (24 * HOUR_MS));
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  const day: Intl.DateTimeFormatOptions =
    days > 0 && days < DAYS_OF_WEEK ? { weekday: "short" } : { day: "numeric", month: "short" };
  return `${new Intl.DateTimeFormat(locale, day).format(at)} ${time}`;
}

/** "Snoozed until Mon 9:00", or until the customer writes where no time was chosen. */
export function snoozedWords(until: string | null, now: number, locale?: string): string {
  return `Snoozed until ${until === null ? "they write" : untilWords(until, now, locale)}`;
}

function clock(now: number, days: number, hour: number): number {
  const there = new Date(now);
  there.setDate(there.getDate() + days);
  return there.setHours(hour, 0, 0, 0);
}

function wholeMinutes(at: number): number {
  return Math.floor(at / 60_000) * 60_000;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
