// Keeps the screen true: reads the feed on hints, on focus and every half minute, and tells the server that we are here.

import type { App } from "../app-context";
import type { Config } from "../session/config";
import { createFeed, type Feed } from "./feed";
import { applyChanges, refreshHeld, retryFailed } from "./refresh";
import { createSocket, type Socket } from "./socket";

const EVERY_MS = 30_000;
const CLOCK_MS = 20_000;

/** The feed of this screen. Its first reading learns the cursor, so it comes before the first list. */
export function feedOf(app: App): Feed {
  return createFeed(
    (after) => app.api.changes(after),
    (changes, reset) => applyChanges(app, changes, reset),
  );
}

/** Follow the feed for as long as the page lives. */
export function startLive(app: App, config: Config, feed: Feed): void {
  const read = () => void readQuietly(app, feed, socket);
  const socket = createSocket({
    open: () => openSocket(app, config),
    onHint: read,
    onLink: (link) => {
      app.store.link.value = link;
    },
    online: () => navigator.onLine,
  });
  socket.start();
  follow(app, read, socket.hurry);
}

async function openSocket({ api }: App, config: Config): Promise<WebSocket> {
  const { ticket } = await api.socketTicket();
  return new WebSocket(`${config.socket_url}?ticket=${encodeURIComponent(ticket)}`);
}

/** A reading that fails is no event of its own: the link already says so, and the next one catches up. */
async function readQuietly(app: App, feed: Feed, socket: Socket): Promise<void> {
  const lost = () => {
    app.store.link.value = navigator.onLine ? "reconnecting" : "offline";
  };
  const found = () => {
    if (socket.isOpen()) app.store.link.value = "live";
    retryFailed(app);
    refreshHeld(app);
  };
  await feed.read().then(found, lost);
}

function follow({ api, store }: App, read: () => void, hurry: () => void): void {
  const beat = () => void api.heartbeat().catch(() => undefined);
  const wake = () => {
    hurry();
    beat();
    read();
  };
  beat();
  window.addEventListener("focus", wake);
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => {
    store.link.value = "offline";
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  setInterval(read, EVERY_MS);
  setInterval(beat, EVERY_MS);
  setInterval(() => {
    store.now.value = Date.now();
  }, CLOCK_MS);
}
