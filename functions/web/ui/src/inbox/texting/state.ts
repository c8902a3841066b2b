// What the screen knows about texts beside what stands on conversations and messages. Reads and writes only.

import { type Signal, signal } from "@preact/signals";
import type { Template, Texting } from "../../api/texting-types";

/** How a text to one number stands; null facts with an error were not to be had. */
export interface Outlook {
  facts: Texting | null;
  error: string;
}

/** The templates of an inbox as far as they are here. */
export interface Shelf {
  templates: readonly Template[] | null;
  error: string;
}

/** A picture that fills the screen: a message's, by its id and the file's. */
export interface Viewed {
  conversation: string;
  message: string;
  file: string;
}

export interface TextingState {
  /** By conversation and number; an empty number stands for the one used last. */
  outlooks: Signal<ReadonlyMap<string, Outlook>>;
  templates: Signal<ReadonlyMap<string, Shelf>>;
  /** Whose consent is looked at in a dialog. */
  consent: Signal<{ conversation: string; number: string } | null>;
  viewed: Signal<Viewed | null>;
  /** The open conversation of whom a first text is for, once the server has named it. */
  inTheWay: Signal<string>;
}

export function createTextingState(): TextingState {
  return {
    outlooks: signal(new Map()),
    templates: signal(new Map()),
    consent: signal(null),
    viewed: signal(null),
    inTheWay: signal(""),
  };
}

function keyOf(conversation: string, number: string): string {
  return `${conversation} ${number}`;
}

export function outlookOf(
  { outlooks }: TextingState,
  conversation: string,
  number: string,
): Outlook | undefined {
  return outlooks.value.get(keyOf(conversation, number));
}

export function putOutlook(
  state: TextingState,
  conversation: string,
  number: string,
  outlook: Outlook,
): void {
  state.outlooks.value = new Map(state.outlooks.value).set(keyOf(conversation, number), outlook);
}

/** What is known of every number of a conversation's customer. */
export function factsOf({ outlooks }: TextingState, conversation: string): Texting[] {
  const own = [...outlooks.value].filter(([key]) => key.startsWith(`${conversation} `));
  return own.flatMap(([, { facts }]) => facts ?? []);
}

/** What is known of a conversation's texts is out of date. */
export function dropOutlooks(state: TextingState, conversation: string): void {
  const others = [...state.outlooks.value].filter(([key]) => !key.startsWith(`${conversation} `));
  state.outlooks.value = new Map(others);
}

export function putShelf(state: TextingState, inbox: string, shelf: Shelf): void {
  state.templates.value = new Map(state.templates.value).set(inbox, shelf);
}
