// The routes of the HTTP API that texts and WhatsApp need.

import type { Started } from "./mail-types";
import type { ConsentHistory, NewText, Template, Texting } from "./texting-types";

type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function textingRoutes(send: Send) {
  const of = (conversation: string, rest: string, number: string) =>
    `/conversations/${encodeURIComponent(conversation)}/${rest}${number && `?${new URLSearchParams({ number })}`}`;
  return {
    /** An empty number stands for the one that the customer used last. */
    texting: (conversation: string, number: string) =>
      send<Texting>("GET", of(conversation, "texting", number)),
    firstTexting: (inbox: string, number: string) => send<Texting>("POST", "/texting", { inbox, number }),
    consent: (conversation: string, number: string) =>
      send<ConsentHistory>("GET", of(conversation, "consent", number)),
    noteConsent: (conversation: string, said: { number: string; state: "in" | "out"; reason: string }) =>
      send<ConsentHistory>("PUT", of(conversation, "consent", ""), said),
    templates: (inbox: string) =>
      send<{ items: Template[] }>("GET", `/inboxes/${encodeURIComponent(inbox)}/templates`),
    startText: (text: NewText) => send<Started>("POST", "/conversations", text),
  };
}
