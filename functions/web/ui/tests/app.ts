// An inbox on the fake API, for tests.

import { createApi } from "../src/api/client";
import type { App } from "../src/app-context";
import { createStore } from "../src/store";
import { FakeApi } from "./fake/api";
import { conversation, message } from "./fake/company";
import { type QuietPhone, quietPhone } from "./fake/phone";

export interface Bench {
  app: App & { phone: QuietPhone };
  fake: FakeApi;
}

/** Ana, signed in, with one conversation "c1" that ends in the customer's message "m1". */
export function bench(hash = "#/mine/c1"): Bench {
  const fake = new FakeApi();
  fake.add(conversation({ id: "c1" }), message({ id: "m1", text: "Is it ready?" }));
  const tokens = { current: async () => "token", renew: async () => null };
  const store = createStore(hash, Date.parse("2026-03-02T09:30:00Z"));
  store.me.value = fake.me;
  const app = {
    api: createApi(tokens, fake.fetch, fake.transfer),
    store,
    session: { signOut: () => undefined },
    phone: quietPhone(),
  };
  return { app, fake };
}
