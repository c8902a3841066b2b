// What a person at the development server can do to the telephone: `/fake/ring/c1`, and what the browser's phone asks.

import type { Call } from "../../src/api/call-types";
import { type Answer, missing } from "./answers";
import type { FakeApi } from "./api";

/** Calls that have a leg in Ana's browser now. */
function legs({ phone }: FakeApi): string[] {
  const mine = ({ kind, id, state }: Call["parties"][number]) =>
    kind === "agent" && id === "ana" && state !== "left";
  return [...phone.calls.values()]
    .filter(({ device, parties }) => device === "browser" && parties.some(mine))
    .map(({ id }) => id);
}

/** `POST /fake/ring/c1` with facts of the call as its body; `answer` and `set` change the call that is named. */
export function telephone(api: FakeApi, path: string, body: string | null): Answer {
  const [, , verb, id = ""] = path.split("/");
  const facts = JSON.parse(body ?? "{}") as Partial<Call>;
  if (verb === "legs") return { status: 200, body: legs(api) };
  if (verb === "ring") return { status: 200, body: api.phone.ring(id, facts) };
  const known = api.phone.calls.get(id);
  if (!known) return missing();
  if (verb === "answer") return { status: 200, body: api.phone.answered(id) };
  return { status: 200, body: api.phone.put({ ...known, ...facts }) };
}
