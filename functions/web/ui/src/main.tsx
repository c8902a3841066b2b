// Starts the inbox: configuration, sign-in, first data, then the live screen.

// Before the features, whose own styles go above these.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";

import { effect } from "@preact/signals";
import { render } from "preact";
import { createApi } from "./api/client";
import { explain } from "./api/errors";
import { type App, AppContext } from "./app-context";
import { followRinging } from "./calls/alerts";
import { followMissed } from "./calls/missed";
import { createPhone } from "./calls/phone/phone";
import { readRing } from "./calls/phone/ring-setting";
import { loadSdk } from "./calls/phone/sdk";
import { followLegs } from "./calls/reading";
import { keepUnsent } from "./inbox/composer/kept";
import { loadList, loadMe } from "./inbox/loading";
import { keepLeft } from "./inbox/merge/off-subject";
import { keepTrusted } from "./inbox/thread/remote-images";
import { listenToKeys } from "./keys/keyboard";
import { feedOf, startLive } from "./live/live";
import { parseRoute } from "./route";
import { type Config, readConfig } from "./session/config";
import { OnTheWay, Refused } from "./session/gate";
import { createSession, type Session } from "./session/session";
import { Shell } from "./shell";
import { createStore } from "./store";

async function start(root: HTMLElement): Promise<void> {
  render(<OnTheWay />, root);
  try {
    const config = await readConfig();
    const session = createSession(config, window);
    if (await session.start()) await openInbox(root, session, config);
  } catch (error) {
    render(<Refused reason={explain(error)} retry={() => void start(root)} />, root);
  }
}

async function openInbox(root: HTMLElement, session: Session, config: Config): Promise<void> {
  const store = createStore(window.location.hash, Date.now());
  const api = createApi(session);
  const load = () => loadSdk(config.voice_sdk ?? "");
  const phone = createPhone({ api, store, load, locks: navigator.locks });
  const app: App = { api, store, session, phone };
  const feed = feedOf(app);
  // A feed that does not answer yet is no reason to show nothing: the next reading then starts from scratch.
  await Promise.all([loadMe(app), feed.read().catch(() => undefined)]);
  const agent = store.me.value?.id ?? "";
  keepUnsent(store, agent, sessionStorage);
  keepTrusted(store, agent, localStorage);
  keepLeft(store, agent, localStorage);
  store.calls.ring.value = readRing(localStorage, agent);
  render(
    <AppContext.Provider value={app}>
      <Shell />
    </AppContext.Provider>,
    root,
  );
  listenToKeys(store);
  followRoute(app);
  followRinging(app);
  followMissed(app);
  startLive(app, config, feed);
  startPhone(app);
}

/** Only for those who take calls; everybody else loads nothing of it. */
function startPhone(app: App): void {
  if (!app.store.me.value?.capacity.voice) return;
  void app.phone.start();
  followLegs(app);
}

/** The address is the truth about which view is open; each view is read when it is first looked at. */
function followRoute(app: App): void {
  const { route, lists, listHeld, lastIndex, contactOpen, routing } = app.store;
  const arrive = () => {
    const before = route.peek();
    const next = parseRoute(window.location.hash);
    if (next.view !== before.view) listHeld.value = false;
    if (next.conversation !== before.conversation) contactOpen.value = routing.why.value = false;
    route.value = next;
    if (next.view !== before.view || lists[next.view].peek().phase !== "ready") void loadList(app, next.view);
  };
  window.addEventListener("hashchange", arrive);
  effect(() => {
    const at = lists[route.value.view].value.ids.indexOf(route.value.conversation ?? "");
    if (at >= 0) lastIndex.value = at;
  });
  if (route.peek().view !== "mine") void loadList(app, "mine");
  arrive();
}

const root = document.getElementById("app");
if (root) void start(root);
