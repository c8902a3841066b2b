// Everything beside card and bar that says what is offered: the title, the icon of the tab, the bell and the desktop.

import { effect } from "@preact/signals";
import type { Call } from "../api/call-types";
import type { Conversation } from "../api/types";
import type { App } from "../app-context";
import { offerId, offersOf } from "../inbox/offers/offers";
import type { Store } from "../store";
import { openConversation } from "./acts";
import { facts, kindOf } from "./card/card-words";
import { type Bell, createBell } from "./phone/bell";
import { callsAs } from "./state";
import { callerName } from "./words";

const ICON = "/icon.svg";
const RINGING_ICON = "/icon-call.svg";

export const bell: Bell = createBell(() => new AudioContext());

/** What the desktop shows; `id` is that of the offer. */
interface Telling {
  id: string;
  conversation: string;
  title: string;
  body: string;
}

/** Follow the calls that ring, and what is offered in writing, for as long as the page lives. */
export function followRinging(app: App, rings: Bell = bell): () => void {
  const shown = new Map<string, Notification>();
  let heard = new Set<string>();
  return effect(() => {
    const { store } = app;
    const ringing = [
      ...callsAs(store, "offer", store.now.value),
      ...callsAs(store, "asked", store.now.value),
    ];
    const offers = offersOf(store);
    document.title = titleOf(ringing[0], store.lists.mine.value.ids.length, offers[0]);
    markTab(ringing.length > 0);
    soundFor(app, ringing, rings);
    if (offers.some((head) => !heard.has(offerId(head)))) soundOnce(app, rings);
    heard = new Set(offers.map(offerId));
    const tellings = [...ringing.map((call) => ringingCall(store, call)), ...offers.map(offer)];
    tellDesktop(app, tellings, shown);
  });
}

/** "(3) Heartline", or who calls, or whose message is offered. */
export function titleOf(call: Call | undefined, waiting: number, offered?: Conversation): string {
  if (!call && offered) return `Offered: ${nameOf(offered)} · Heartline`;
  if (call) return `☎ ${callerName(call)} · Heartline`;
  return waiting ? `(${waiting}) Heartline` : "Heartline";
}

function markTab(ringing: boolean): void {
  document.querySelector("link[rel=icon]")?.setAttribute("href", ringing ? RINGING_ICON : ICON);
}

/** One tab rings, the one with the phone; a telephone rings by itself. Who is on a call already is not deafened. */
function soundFor({ store }: App, ringing: readonly Call[], rings: Bell): void {
  const { ring, line } = store.calls;
  const here = line.value.phase !== "elsewhere";
  const talks = callsAs(store, "talk", store.now.value).length > 0;
  const audible = ringing.some(({ device }) => device !== "phone");
  if (audible && here && !talks && ring.value.on) rings.ring(ring.value);
  else rings.rest();
}

/** What is written rings once; one on a call is not deafened either. */
function soundOnce({ store }: App, rings: Bell): void {
  const { ring, line } = store.calls;
  const talks = callsAs(store, "talk", store.now.peek()).length > 0;
  if (ring.peek().on && line.peek().phase !== "elsewhere" && !talks) rings.once(ring.peek());
}

function tellDesktop(app: App, tellings: readonly Telling[], shown: Map<string, Notification>): void {
  const ids = new Set(tellings.map(({ id }) => id));
  for (const [id, notification] of shown)
    if (!ids.has(id)) {
      notification.close();
      shown.delete(id);
    }
  const allowed = typeof Notification !== "undefined" && Notification.permission === "granted";
  if (!allowed || document.hasFocus()) return;
  for (const telling of tellings) if (!shown.has(telling.id)) shown.set(telling.id, notify(app, telling));
}

function ringingCall(store: Store, call: Call): Telling {
  const { id, conversation } = call;
  const me = store.me.value?.id ?? "";
  const title = `${kindOf(call, me, store.now.value)}: ${callerName(call)}`;
  return { id, conversation, title, body: facts(store, call, Date.now()) };
}

function offer(head: Conversation): Telling {
  const body = head.subject || head.preview;
  return { id: offerId(head), conversation: head.id, title: `Offered to you: ${nameOf(head)}`, body };
}

function nameOf({ contact: { name, address: number } }: Conversation): string {
  return callerName({ name, number });
}

function notify({ store }: App, { id, conversation, title, body }: Telling): Notification {
  const notification = new Notification(title, { body, tag: id, requireInteraction: true });
  notification.onclick = () => {
    window.focus();
    if (store.conversations.value.has(conversation)) openConversation(conversation);
    notification.close();
  };
  return notification;
}
