// Subjects as people tell them apart: without the marks that mail programs put before them.

/** Reply and forward marks, with or without a number, of the larger mail programs and languages. */
const MARKS =
  /^\s*(?:(?:re|aw|sv|vs|odp|rv|res|ref|fwd?|wg|tr|doorst|vl|i|r|enc|pd|回复|答复|转发|返信|転送)(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+/i;

export function bareSubject(subject: string): string {
  return subject.replace(MARKS, "").replaceAll(/\s+/g, " ").trim();
}

export function sameSubject(one: string, other: string): boolean {
  return bareSubject(one).toLowerCase() === bareSubject(other).toLowerCase();
}
