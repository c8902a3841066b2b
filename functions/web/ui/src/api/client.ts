// The one way to the HTTP API: adds the access token, renews it once when it is refused, and names every failure.

import { callRoutes } from "./call-routes";
import { presenceRoutes } from "./presence-routes";
import { recordingRoutes } from "./recording-routes";
import { routingRoutes } from "./routing-routes";
import { textingRoutes } from "./texting-routes";
import { errorOf, SignedOut, Unreachable } from "./errors";
import { putFile, type Transfer } from "./transfer";
import type { Held, NewMail, ReplyMode, ReplyPlan, Started, UploadRequest, UploadTicket } from "./mail-types";
import type { Changes, Conversation, Me, Message, Note, Page, Reply, View } from "./types";

const TIMEOUT_MS = 20_000;
const PAGE = 50;

/** Where access tokens come from; `renew` answers null when nobody is signed in any more. */
export interface Tokens {
  current(): Promise<string | null>;
  renew(): Promise<string | null>;
}

export type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type Api = ReturnType<typeof createApi>;

/** The API's routes, typed. Every method rejects with ApiError, Unreachable or SignedOut. */
export function createApi(
  tokens: Tokens,
  fetcher: Fetch = (url, init) => fetch(url, init),
  transfer: Transfer = putFile,
) {
  const call = caller(tokens, fetcher);
  const one = (id: string, rest = "") => `/conversations/${encodeURIComponent(id)}${rest}`;
  return {
    me: () => call<Me>("GET", "/me"),
    heartbeat: () => call<void>("POST", "/me/heartbeat"),
    socketTicket: () => call<{ ticket: string }>("POST", "/me/socket"),
    changes: (after: string | null) => call<Changes>("GET", `/changes${query({ after })}`),
    conversations: (view: View, cursor: string | null = null) =>
      call<Page<Conversation>>("GET", `/conversations${query({ view, limit: PAGE, cursor })}`),
    conversation: (id: string) => call<Conversation>("GET", one(id)),
    messages: (id: string, cursor: string | null = null) =>
      call<Page<Message>>("GET", one(id, `/messages${query({ cursor })}`)),
    reply: (id: string, reply: Reply) => call<Message>("POST", one(id, "/replies"), reply),
    note: (id: string, note: Note) => call<Message>("POST", one(id, "/notes"), note),
    close: (id: string) => call<Conversation>("POST", one(id, "/close")),
    reopen: (id: string) => call<Conversation>("POST", one(id, "/reopen")),
    merge: (id: string, into: string) => call<Conversation>("POST", one(id, "/merge"), { into }),
    unmerge: (id: string) => call<Conversation>("POST", one(id, "/unmerge")),
    split: (id: string, messages: readonly string[]) =>
      call<Conversation>("POST", one(id, "/split"), { messages }),
    ...mailRoutes(call),
    ...callRoutes(call),
    ...presenceRoutes(call),
    ...recordingRoutes(call),
    ...routingRoutes(call),
    ...textingRoutes(call),
    /** Any other route, for parts of the screen that bring their own. */
    send: call as Send,
    /** Bring one file to where its ticket says. */
    upload: transfer,
  };
}

/** The routes that only mail needs. */
function mailRoutes(call: Call) {
  const message = (conversation: string, id: string, rest: string) =>
    `/conversations/${encodeURIComponent(conversation)}/messages/${encodeURIComponent(id)}/${rest}`;
  const held = (id: string, verb: string) => `/held/${encodeURIComponent(id)}/${verb}`;
  return {
    start: (mail: NewMail) => call<Started>("POST", "/conversations", mail),
    replyPlan: (conversation: string, id: string, mode: ReplyMode) =>
      call<ReplyPlan>("GET", message(conversation, id, `reply${query({ mode })}`)),
    source: (conversation: string, id: string) =>
      call<{ url: string }>("GET", message(conversation, id, "source")),
    prepareUpload: (file: UploadRequest) => call<UploadTicket>("POST", "/uploads", file),
    held: (cursor: string | null = null) => call<Page<Held>>("GET", `/held${query({ cursor })}`),
    release: (id: string, inbox: string | null) =>
      call<Held>("POST", held(id, "release"), inbox === null ? {} : { inbox }),
    discard: (id: string) => call<void>("POST", held(id, "discard")),
    /** For leads and admins. */
    unblock: (address: string) => call<void>("DELETE", `/suppressions/${encodeURIComponent(address)}`),
  };
}

type Call = ReturnType<typeof caller>;

function caller(tokens: Tokens, fetcher: Fetch) {
  const attempt = (token: string, method: string, path: string, body: unknown) =>
    fetcher(`/api${path}`, request(token, method, body)).catch(() => {
      throw new Unreachable();
    });
  return async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response = await attempt(held(await tokens.current()), method, path, body);
    if (response.status === 401) response = await attempt(held(await tokens.renew()), method, path, body);
    if (!response.ok) throw await errorOf(response);
    return response.status === 204 ? (undefined as T) : await response.json();
  };
}

function held(token: string | null): string {
  if (token === null) throw new SignedOut();
  return token;
}

function request(token: string, method: string, body: unknown): RequestInit {
  const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  return { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

function query(parameters: Record<string, string | number | null>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
