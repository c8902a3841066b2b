// What the card of an incoming call says, on screen and aloud.

import type { Call } from "../../api/call-types";
import type { Store } from "../../store";
import { lasting } from "../../ui/time";
import { roleOf } from "../roles";
import { callerName } from "../words";

export function inboxName({ me }: Store, id: string): string {
  return me.value?.inboxes.find((inbox) => inbox.id === id)?.name ?? "";
}

/** What this call is: a customer's, a call-back that is due, a transfer, or a colleague who asks. */
export function kindOf(call: Call, me: string, now: number): string {
  if (roleOf(call, me, now) === "asked") return "A colleague asks you to join a call";
  if (call.handover) return `Transferred to you by ${call.handover.by}`;
  return call.purpose === "call_back" ? "Call-back that is due" : "Incoming call";
}

/** Inbox, choice and how long they wait. */
export function facts(store: Store, call: Call, now: number): string {
  const waited = call.queued_at ? `waiting for ${waitOf(call.queued_at, now)}` : "";
  return [inboxName(store, call.inbox), call.choice, waited].filter(Boolean).join(" · ");
}

/** On the phone a minute is long: until then it is counted in seconds. */
function waitOf(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  return seconds < 60 ? `${seconds} s` : lasting(since, now);
}

export function spoken(store: Store, call: Call): string {
  const kind = kindOf(call, store.me.value?.id ?? "", store.now.value);
  const about = [inboxName(store, call.inbox), call.choice].filter(Boolean).join(", ");
  const keys = call.device === "phone" ? "Your phone rings." : "Shift A answers.";
  return `${kind}: ${callerName(call)}. ${about && `${about}. `}${keys} Shift X declines.`;
}

/** What the conversation was about when the customer last wrote. */
export function lastSubject({ conversations }: Store, { conversation: id, subject }: Call): string {
  const conversation = conversations.value.get(id);
  return subject || conversation?.subject || conversation?.preview || "";
}
