// What an agent does with a call: shown at once, taken back with a reason if the server disagrees.

import type { Call, Transfer } from "../api/call-types";
import type { Consult, Switch } from "../api/call-routes";
import { explain } from "../api/errors";
import type { App } from "../app-context";
import { formatRoute } from "../route";
import { addToast, type Store } from "../store";
import { readCall } from "./reading";
import { isOn, roleOf } from "./roles";
import { callOf, dismiss, putCall } from "./state";
import { looksOn, wishKey, WISH_PATIENCE_MS } from "./wishes";

const NOT_DONE: Record<Switch, [on: string, off: string]> = {
  hold: ["The customer is not on hold.", "The customer is still on hold."],
  mute: ["You can still be heard.", "You are still muted."],
  recording: ["The recording did not go on.", "The recording goes on."],
};

/** Turn hold, mute or the recording on or off. */
export async function turn(app: App, call: Call, what: Switch, on: boolean): Promise<void> {
  const { api, phone, store } = app;
  const key = wishKey(call.id, what);
  const { wishes } = store.calls;
  // The microphone is closed at once; the conference follows.
  if (what === "mute") phone.mute(on);
  wishes.value = new Map(wishes.value).set(key, { on, at: Date.now(), problem: call.problem });
  setTimeout(() => wishes.value.has(key) && void readCall(app, call.id), WISH_PATIENCE_MS);
  try {
    putCall(store, await api.turn(call.id, what, on));
  } catch (error) {
    wishes.value = new Map([...wishes.value].filter(([other]) => other !== key));
    // What the button says is what is so.
    if (what === "mute") phone.mute(!on);
    const met = (known: Call) => isOn(known, what, store.me.value?.id ?? "") === on;
    complain(store, call, `${NOT_DONE[what][on ? 0 : 1]} ${explain(error)}`, met);
  }
}

export function toggle(app: App, call: Call, what: Switch): Promise<void> {
  const { me, calls } = app.store;
  return turn(app, call, what, !looksOn(call, what, me.value?.id ?? "", calls.wishes.value));
}

/** Pick up in the browser, and open what it is about. */
export function answer({ phone, store }: App, call: Call): void {
  phone.answer(call.id);
  openConversation(store.conversations.value.has(call.conversation) ? call.conversation : "");
}

/** Not now: the next agent is rung. */
export async function decline(app: App, call: Call): Promise<void> {
  // The leg goes after the word, so that the timeline says "declined" and not "was busy".
  const declined = async () => {
    const after = await app.api.declineCall(call.id);
    app.phone.reject(call.id);
    return after;
  };
  await leave(app, call, "The call still rings for you.", declined);
}

/** Done with the work after a call. */
export function finish(app: App, call: Call): Promise<void> {
  return leave(app, call, "You are still in wrap-up.", () => app.api.wrapUp(call.id));
}

export function hangUp(app: App, call: Call): Promise<void> {
  return told(app, call, "The call goes on.", () => app.api.hangUp(call.id));
}

export function consult(app: App, call: Call, action: Consult): Promise<void> {
  return told(app, call, "Nothing has changed on the call.", () => app.api.consult(call.id, action));
}

/** Rejects with what speaks against it: the dialog says so, and keeps what was written. */
export async function transfer(app: App, call: Call, to: Transfer): Promise<void> {
  putCall(app.store, await app.api.transferCall(call.id, to));
  if (to.mode === "cold") addToast(app.store, { tone: "info", text: "Handed over" });
}

/** Call the customer: the agent's own phone rings first. Rejects with what speaks against it. */
export async function dial(
  app: App,
  conversation: string,
  request: { id: string; number: string | null },
): Promise<void> {
  const { begun } = app.store.calls;
  const call = await app.api.dial(conversation, request.id, request.number);
  begun.value = new Set([...begun.value, call.id]);
  putCall(app.store, call);
}

export function openConversation(id: string): void {
  if (id) window.location.assign(formatRoute({ view: "mine", conversation: id }));
}

/** The card goes at once, and is back if the server says no. */
async function leave({ store }: App, call: Call, not: string, request: () => Promise<Call>): Promise<void> {
  dismiss(store, call, true);
  try {
    putCall(store, await request());
  } catch (error) {
    dismiss(store, call, false);
    complain(store, call, `${not} ${explain(error)}`);
  }
}

async function told({ store }: App, call: Call, not: string, request: () => Promise<Call>): Promise<void> {
  try {
    putCall(store, await request());
  } catch (error) {
    complain(store, call, `${not} ${explain(error)}`);
  }
}

/** An error about a call stands for as long as the agent's part in it is the same, and what they wished for is not so. */
function complain(
  store: Store,
  { id }: Call,
  text: string,
  met: (call: Call) => boolean = () => false,
): void {
  const part = () => {
    const known = callOf(store, id);
    return known && !met(known) ? roleOf(known, store.me.value?.id ?? "", store.now.value) : null;
  };
  const before = part();
  addToast(store, { tone: "error", text, over: () => part() !== before });
}
