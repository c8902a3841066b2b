// The kinds of nodes: what they are called, what they have, and how a new one begins. A table, for forms and lists.

import type { Kind, Node } from "./types";

export type Field =
  | { kind: "prompt"; name: "prompt" | "sorry"; label: string; hint?: string }
  | { kind: "target"; name: Target; label: string; hint?: string }
  | { kind: "text"; name: "label" | "language" | "number"; label: string; hint?: string }
  | { kind: "number"; name: "reprompts" | "seconds" | "band"; label: string; usual: number; most: number }
  | { kind: "choices" }
  | { kind: "skills" };

export type Target = "to" | "otherwise" | "no_input" | "open" | "closed" | "holiday";

const SAYS: Field = { kind: "prompt", name: "prompt", label: "Says" };
const SAYS_FIRST: Field = { ...SAYS, label: "Says first", hint: "May be empty." };
const LABEL: Field = {
  kind: "text",
  name: "label",
  label: "Is about",
  hint: "What the agent reads and hears.",
};
const THEN: Field = { kind: "target", name: "to", label: "Then" };
const PRIORITY: Field = {
  kind: "number",
  name: "band",
  label: "Priority (0: the inbox's own)",
  usual: 0,
  most: 99,
};

interface Described {
  name: string;
  does: string;
  fields: Field[];
}

export const KINDS: Record<Kind, Described> = {
  menu: {
    name: "Menu",
    does: "Asks for a key or a word",
    fields: [
      SAYS,
      { kind: "choices" },
      { kind: "target", name: "otherwise", label: "Not understood, in the end" },
      { kind: "target", name: "no_input", label: "Silent, in the end", hint: "Empty: as not understood." },
      {
        kind: "prompt",
        name: "sorry",
        label: "Says when it did not understand",
        hint: "Empty: our own words.",
      },
      { kind: "number", name: "reprompts", label: "Asks again", usual: 2, most: 5 },
      { kind: "number", name: "seconds", label: "Listens for seconds", usual: 5, most: 30 },
    ],
  },
  say: { name: "Say", does: "Says something and goes on", fields: [SAYS, THEN] },
  hours: {
    name: "Hours",
    does: "Goes on by the opening hours",
    fields: [
      { kind: "target", name: "open", label: "Open" },
      { kind: "target", name: "closed", label: "Closed" },
      { kind: "target", name: "holiday", label: "On a holiday", hint: "Empty: as when closed." },
    ],
  },
  language: {
    name: "Language",
    does: "Speaks another language from here on",
    fields: [{ kind: "text", name: "language", label: "Language", hint: "Such as es-US." }, THEN],
  },
  queue: {
    name: "Line",
    does: "Waits for an agent",
    fields: [SAYS_FIRST, LABEL, { kind: "skills" }, PRIORITY],
  },
  voicemail: { name: "Voicemail", does: "Takes a message", fields: [SAYS_FIRST, LABEL] },
  call_back: {
    name: "Call-back",
    does: "Promises to call back",
    fields: [SAYS_FIRST, LABEL, { kind: "skills" }, PRIORITY],
  },
  message: { name: "Goodbye", does: "Says something and ends the call", fields: [SAYS] },
  transfer: {
    name: "Transfer",
    does: "Puts the caller through to a number",
    fields: [SAYS_FIRST, { kind: "text", name: "number", label: "Number", hint: "Such as +12125550199." }],
  },
};

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

const BLANK: Partial<Record<Kind, Omit<Node, "kind">>> = {
  menu: { prompt: "For …, press 1.", choices: [{ digit: "1", label: "", to: "" }], otherwise: "" },
  say: { prompt: "Welcome.", to: "" },
  hours: { open: "", closed: "" },
  language: { language: "es-US", to: "" },
  message: { prompt: "Goodbye." },
  transfer: { number: "" },
};

export function blank(kind: Kind): Node {
  return { kind, ...structuredClone(BLANK[kind] ?? {}) };
}
