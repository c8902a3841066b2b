// WhatsApp's rules on screen: how long words are free, and what a template says once it is filled. Decisions only.

import type { FilledTemplate, Template } from "../../api/texting-types";
import type { Conversation } from "../../api/types";
import { timeOfDay } from "../../ui/time";

/** Whether anything may be written now. */
export function isFree(
  { whatsapp_until: until }: Pick<Conversation, "whatsapp_until">,
  now: number,
): boolean {
  return until !== null && Date.parse(until) > now;
}

/** How the session stands, in one line. */
export function sessionWords(
  { whatsapp_until: until }: Pick<Conversation, "whatsapp_until">,
  now: number,
): string {
  if (until === null) return "This customer has not written on WhatsApp yet, so it takes a template.";
  if (Date.parse(until) <= now)
    return "The customer’s last WhatsApp message is over 24 hours old, so it takes a template.";
  const tomorrow = new Date(until).getDate() === new Date(now).getDate() ? "" : "tomorrow ";
  return `Free to write until ${tomorrow}${timeOfDay(until)}`;
}

const PLACE = /\{\{(\w{1,64})\}\}/g;
/** What WhatsApp takes in no value. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const BROKEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029]| {5}/;

export interface TemplatePiece {
  text: string;
  /** The name of the place, or empty for words that stand. */
  place: string;
}

/** The body cut at its places; an empty one keeps its name, so that it is seen. */
export function templatePieces(body: string, values: Record<string, string>): TemplatePiece[] {
  return body.split(PLACE).map((piece, index) => {
    if (index % 2 === 0) return { text: piece, place: "" };
    return { text: values[piece]?.trim() || `{{${piece}}}`, place: piece };
  });
}

export function filledWords(body: string, values: Record<string, string>): string {
  return templatePieces(body, values)
    .map(({ text }) => text)
    .join("");
}

/** Why a template cannot go yet; empty when it can. */
export function whyNotFilled(templates: readonly Template[], chosen: FilledTemplate | null): string {
  const template = templates.find(({ sid }) => sid === chosen?.sid);
  if (!chosen || !template) return "Choose a template.";
  const empty = template.variables.find((name) => !chosen.variables[name]?.trim());
  if (empty) return `Fill in ${placeName(empty)}.`;
  const broken = template.variables.find((name) => BROKEN.test(chosen.variables[name] ?? ""));
  return broken ? `Write ${placeName(broken)} on one line, without many blanks in a row.` : "";
}

/** "{{1}}" is a place with a number, "{{day}}" one with a name. */
export function placeName(name: string): string {
  return /^\d+$/.test(name) ? `place ${name}` : name.replaceAll("_", " ");
}

/** "parcel_arrived" as people read it, with its language. */
export function templateName(
  { name, language }: Pick<Template, "name" | "language">,
  locale?: string,
): string {
  const words = name.replaceAll("_", " ");
  const tongue =
    new Intl.DisplayNames(locale, { type: "language" }).of(language.replaceAll("_", "-")) ?? language;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${tongue})`;
}
