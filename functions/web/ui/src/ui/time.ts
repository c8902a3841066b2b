// Times as agents say them: relative and short, in their own time zone, with the exact one for the tooltip.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "now", "4 min", "3 h", "Tue", "12 Mar". */
export function ago(iso: string, now: number, locale?: string): string {
  const then = Date.parse(iso);
  const past = now - then;
  if (past < MINUTE) return "now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  if (past < 12 * HOUR) return `${Math.floor(past / HOUR)} h`;
  if (past < 6 * DAY) return new Intl.DateTimeFormat(locale, { weekday: "short" }).format(then);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(then);
}

/** How long somebody waits: "12 min", "3 h", "2 days". */
export function lasting(iso: string, now: number): string {
  const past = Math.max(0, now - Date.parse(iso));
  if (past < HOUR) return `${Math.max(1, Math.floor(past / MINUTE))} min`;
  if (past < 2 * DAY) return `${Math.floor(past / HOUR)} h`;
  return `${Math.floor(past / DAY)} days`;
}

export function exact(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" }).format(
    Date.parse(iso),
  );
}

export function timeOfDay(iso: string): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(Date.parse(iso));
}

/** "Today", "Yesterday", "Monday 3 March"; the year where it is not this one. */
export function dayOf(iso: string, now: number, locale?: string): string {
  const days = Math.round((midnight(now) - midnight(Date.parse(iso))) / DAY);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const then = new Date(iso);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  const options = {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  };
  return new Intl.DateTimeFormat(locale, options as Intl.DateTimeFormatOptions).format(then);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
