// Asks the server how a text stands, once when it is begun, and for an inbox's templates, once when they are needed.

import { useEffect } from "preact/hooks";
import { explain } from "../../api/errors";
import type { Message } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { outlookOf, putOutlook, putShelf } from "./state";

/** Not for every message: only what the customer wants, and the first text, change the answer. */
export function stampOf(messages: readonly Message[]): string {
  const said = messages.findLast(({ event }) => event.startsWith("consent."));
  const texts = messages.some(({ channel, event }) => channel === "sms" && !event);
  return `${said?.id ?? ""} ${texts}`;
}

/** Ask how a text to a number stands; the answer before stays on screen until the new one is here. */
export async function askOutlook({ api, store }: App, conversation: string, number: string): Promise<void> {
  const before = outlookOf(store.texting, conversation, number)?.facts ?? null;
  const outlook = await api.texting(conversation, number).then(
    (facts) => ({ facts, error: "" }),
    (error: unknown) => ({ facts: before, error: explain(error) }),
  );
  putOutlook(store.texting, conversation, number, outlook);
}

interface Begun {
  conversation: string;
  number: string;
  /** Whether a text is what is being written. */
  on: boolean;
  stamp: string;
}

export function useOutlook({ conversation, number, on, stamp }: Begun): void {
  const app = useApp();
  useEffect(() => {
    if (on) void askOutlook(app, conversation, number);
  }, [conversation, number, on, stamp]);
}

/** Read the templates of an inbox; also the way to try again. */
export async function loadTemplates({ api, store }: App, inbox: string): Promise<void> {
  const shelf = await api.templates(inbox).then(
    ({ items }) => ({ templates: items, error: "" }),
    (error: unknown) => ({ templates: null, error: explain(error) }),
  );
  putShelf(store.texting, inbox, shelf);
}

export function useTemplates(inbox: string): void {
  const app = useApp();
  useEffect(() => {
    if (inbox && !app.store.texting.templates.value.get(inbox)?.templates) void loadTemplates(app, inbox);
  }, [inbox]);
}
