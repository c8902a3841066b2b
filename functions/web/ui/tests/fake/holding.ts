// How the fake API lists what is held, lets it go, and lifts the block of an address.

import { type Answer, type Asked, missing } from "./answers";
import type { FakeApi } from "./api";

export function decided(api: FakeApi, { method, path: [, id, verb] }: Asked): Answer {
  if (method === "GET") return { status: 200, body: { items: api.held, next: null } };
  const entry = api.held.find((each) => each.id === id);
  if (!entry || !verb) return missing();
  api.held = api.held.filter((each) => each !== entry);
  return verb === "release" ? { status: 202, body: { ...entry, releasing: true } } : { status: 204 };
}

export function lifted(api: FakeApi, address: string): Answer {
  const blocked = api.plan.blocked.filter((block) => block.address !== address);
  if (blocked.length === api.plan.blocked.length) return missing();
  api.plan = { ...api.plan, blocked };
  return { status: 204 };
}
