// The routes of the HTTP API that telephone calls need.

import type {
  Call,
  CallBack,
  Calling,
  PhoneChoice,
  PhoneKind,
  Targets,
  Transfer,
  VoiceToken,
} from "./call-types";
import type { Page } from "./types";

type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export type Consult = "complete" | "cancel" | "merge";
/** What is switched on and off during a call. */
export type Switch = "hold" | "mute" | "recording";

export function callRoutes(send: Send) {
  const one = (id: string, verb = "") => `/calls/${encodeURIComponent(id)}${verb && `/${verb}`}`;
  const of = (conversation: string, rest: string) =>
    `/conversations/${encodeURIComponent(conversation)}/${rest}`;
  return {
    call: (id: string) => send<Call>("GET", one(id)),
    turn: (id: string, what: Switch, on: boolean) => send<Call>("POST", one(id, what), { on }),
    declineCall: (id: string) => send<Call>("POST", one(id, "decline")),
    hangUp: (id: string) => send<Call>("POST", one(id, "hang-up")),
    wrapUp: (id: string) => send<Call>("POST", one(id, "wrap-up")),
    transferCall: (id: string, transfer: Transfer) => send<Call>("POST", one(id, "transfer"), transfer),
    consult: (id: string, action: Consult) => send<Call>("POST", one(id, "consult"), { action }),
    targets: (id: string) => send<Targets>("GET", one(id, "targets")),
    calling: (conversation: string) => send<Calling>("GET", of(conversation, "calling")),
    dial: (conversation: string, request_id: string, number: string | null) =>
      send<Call>("POST", of(conversation, "calls"), { request_id, number }),
    planCallBack: (conversation: string, plan: CallBack) =>
      send<Call>("POST", of(conversation, "call-backs"), plan),
    moveCallBack: (id: string, due: string | null) => send<Call>("PATCH", one(id), { due }),
    cancelCallBack: (id: string) => send<void>("DELETE", one(id)),
    callBacks: (cursor: string | null) =>
      send<Page<Call>>("GET", `/call-backs${cursor ? `?${new URLSearchParams({ cursor })}` : ""}`),
    phone: () => send<PhoneChoice>("GET", "/me/phone"),
    choosePhone: (device: PhoneKind) => send<PhoneChoice>("PUT", "/me/phone", { device }),
    voiceToken: () => send<VoiceToken>("POST", "/me/voice-token"),
  };
}
