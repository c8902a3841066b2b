import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSocket } from "../../src/live/socket";
import type { Link } from "../../src/store";

let sockets: EventTarget[] = [];
let links: Link[] = [];
let online = true;
const onHint = vi.fn();
const open = vi.fn(async () => {
  const socket = new EventTarget();
  sockets.push(socket);
  return socket as WebSocket;
});

function start() {
  const socket = createSocket({ open, onHint, onLink: (link) => links.push(link), online: () => online });
  socket.start();
  return socket;
}

const happens = (type: string) => sockets.at(-1)?.dispatchEvent(new Event(type));

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  sockets = [];
  links = [];
  online = true;
});

afterEach(() => vi.useRealTimers());

describe("the live socket", () => {
  it("reads at once when it opens, and on every frame", async () => {
    start();
    await vi.runAllTimersAsync();
    happens("open");
    happens("message");
    expect(onHint).toHaveBeenCalledTimes(2);
    expect(links).toEqual(["live"]);
  });

  it("comes back by itself with a new ticket", async () => {
    start();
    await vi.runAllTimersAsync();
    happens("open");
    happens("close");
    expect(links.at(-1)).toBe("reconnecting");
    await vi.runAllTimersAsync();
    happens("open");
    expect(open).toHaveBeenCalledTimes(2);
    expect(links.at(-1)).toBe("live");
  });

  it("keeps trying when the ticket is refused", async () => {
    open.mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
    start();
    await vi.runAllTimersAsync();
    expect(open).toHaveBeenCalledTimes(3);
  });

  it("says offline when the browser is", async () => {
    start();
    await vi.runAllTimersAsync();
    online = false;
    happens("close");
    expect(links.at(-1)).toBe("offline");
  });

  it("hurries after a sleep, and never opens a second one beside the first", async () => {
    const socket = start();
    await vi.runAllTimersAsync();
    happens("open");
    socket.hurry();
    expect(open).toHaveBeenCalledTimes(1);
    happens("close");
    socket.hurry();
    await vi.runAllTimersAsync();
    expect(open).toHaveBeenCalledTimes(2);
  });
});
