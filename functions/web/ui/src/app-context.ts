// What every part of the screen may use: the API, the store, the session and the phone.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Api } from "./api/client";
import type { Phone } from "./calls/phone/phone";
import type { Session } from "./session/session";
import type { Store } from "./store";

export interface App {
  api: Api;
  store: Store;
  session: Pick<Session, "signOut">;
  phone: Phone;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("This component stands outside of the inbox.");
  return app;
}
