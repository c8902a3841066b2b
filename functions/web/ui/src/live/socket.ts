// The live socket: a hint that something changed, nothing more. It comes back by itself after every break.

import type { Link } from "../store";
import { delayBefore } from "./backoff";

export interface SocketPorts {
  /** Opens a socket with a fresh single-use ticket. */
  open(): Promise<WebSocket>;
  onHint(): void;
  onLink(link: Link): void;
  online(): boolean;
}

export interface Socket {
  start(): void;
  /** Try at once instead of waiting for the next attempt. */
  hurry(): void;
  isOpen(): boolean;
}

export function createSocket(ports: SocketPorts): Socket {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let present: "closed" | "opening" | "open" = "closed";

  async function connect(): Promise<void> {
    clearTimeout(timer);
    if (present !== "closed") return;
    present = "opening";
    await ports.open().then(attach, lost);
  }

  function attach(socket: WebSocket): void {
    socket.addEventListener("open", opened);
    socket.addEventListener("message", () => ports.onHint());
    socket.addEventListener("close", lost);
  }

  function opened(): void {
    present = "open";
    attempt = 0;
    ports.onLink("live");
    ports.onHint();
  }

  function lost(): void {
    present = "closed";
    ports.onLink(ports.online() ? "reconnecting" : "offline");
    timer = setTimeout(connect, delayBefore(attempt, Math.random()));
    attempt += 1;
  }

  return { start: () => void connect(), hurry: () => void connect(), isOpen: () => present === "open" };
}
