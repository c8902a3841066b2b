// Everything beside the card that says a call rings: the title, the icon of the tab, the bell and the desktop.

import { effect } from "@preact/signals";
import type { Call } from "../api/call-types";
import type { App } from "../app-context";
import { openConversation } from "./acts";
import { facts, kindOf } from "./card/card-words";
import { type Bell, createBell } from "./phone/bell";
import { callsAs } from "./state";
import { callerName } from "./words";

const ICON = "/icon.svg";
const RINGING_ICON = "/icon-call.svg";

export const bell: Bell = createBell(() => new AudioContext());

/** Follow the calls that ring for as long as the page lives. */
export function followRinging(app: App, rings: Bell = bell): () => void {
  const shown = new Map<string, Notification>();
  return effect(() => {
    const { store } = app;
    const ringing = [
      ...callsAs(store, "offer", store.now.value),
      ...callsAs(store, "asked", store.now.value),
    ];
    document.title = titleOf(ringing[0], store.lists.mine.value.ids.length);
    markTab(ringing.length > 0);
    soundFor(app, ringing, rings);
    tellDesktop(app, ringing, shown);
  });
}

/** "(3) Heartline", or who calls. */
export function titleOf(call: Call | undefined, waiting: number): string {
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

function tellDesktop(app: App, ringing: readonly Call[], shown: Map<string, Notification>): void {
  const ids = new Set(ringing.map(({ id }) => id));
  for (const [id, notification] of shown)
    if (!ids.has(id)) {
      notification.close();
      shown.delete(id);
    }
  const allowed = typeof Notification !== "undefined" && Notification.permission === "granted";
  if (!allowed || document.hasFocus()) return;
  for (const call of ringing) if (!shown.has(call.id)) shown.set(call.id, notify(app, call));
}

function notify({ store }: App, call: Call): Notification {
  const me = store.me.value?.id ?? "";
  const body = facts(store, call, Date.now());
  const title = `${kindOf(call, me, store.now.value)}: ${callerName(call)}`;
  const notification = new Notification(title, { body, tag: call.id, requireInteraction: true });
  notification.onclick = () => {
    window.focus();
    if (store.conversations.value.has(call.conversation)) openConversation(call.conversation);
    notification.close();
  };
  return notification;
}
