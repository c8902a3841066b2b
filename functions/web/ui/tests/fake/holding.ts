// How the fake API lists what is held, and lets it go.

import { type Answer, type Asked, missing } from "./answers";
import type { FakeApi } from "./api";

export function decided(api: FakeApi, { method, path: [, id, verb] }: Asked): Answer {
  if (method === "GET") return { status: 200, body: { items: api.held, next: null } };
  const entry = api.held.find((each) => each.id === id);
  if (!entry || !verb) return missing();
  api.held = api.held.filter((each) => each !== entry);
  return verb === "release" ? { status: 202, body: { ...entry, releasing: true } } : { status: 204 };
}
