// The routes of the HTTP API that voice menus need.

import type { Send } from "../api/client";
import type { Checked, Kept, Menu } from "./types";

export type Menus = ReturnType<typeof menuRoutes>;

export function menuRoutes(send: Send) {
  const path = (inbox: string, rest = "") => `/inboxes/${encodeURIComponent(inbox)}/ivr${rest}`;
  return {
    read: (inbox: string) => send<Kept>("GET", path(inbox)),
    check: (inbox: string, menu: Menu | null) => send<Checked>("POST", path(inbox, "/check"), { menu }),
    store: (inbox: string, menu: Menu | null, version: string) =>
      send<Kept>("PUT", path(inbox), { menu, version }),
  };
}
