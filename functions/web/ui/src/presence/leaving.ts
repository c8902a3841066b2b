// The ways out at the end of a shift. Whoever still has work is asked first what is to become of it.

import type { Me } from "../api/types";
import type { App } from "../app-context";
import { forgetUnsent } from "../inbox/composer/kept";
import { heldIds } from "./held";
import { setPresence } from "./set-presence";
import type { Leaving } from "./state";

/** Nobody waits longer than this to be signed out. */
const FAREWELL_MS = 3_000;

/** Leave, or with work at hand show it first. */
export function leave(app: App, me: Me, then: Leaving): void {
  if (heldIds(app.store).length) app.store.presence.dialog.value = { kind: "shift", then };
  else void goAway(app, me, then);
}

export function goAway(app: App, me: Me, then: Leaving): Promise<void> {
  return then === "sign-out" ? signOut(app) : setPresence(app, me, "OFFLINE");
}

/** Who leaves takes no more work. Whether or not the server hears it, they are signed out. */
async function signOut({ api, phone, session, store }: App): Promise<void> {
  phone.close();
  const told = api.setPresence("OFFLINE").catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
  forgetUnsent(store);
  session.signOut();
}
