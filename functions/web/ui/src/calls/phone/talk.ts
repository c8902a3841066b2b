// What tabs of one browser tell each other: the agent may answer in any of them, the tab with the phone does it.

export type Order =
  | { do: "answer"; call: string }
  | { do: "reject"; call: string }
  | { do: "mute"; on: boolean }
  | { do: "digits"; digits: string };

export interface Channel {
  send(order: Order): void;
  close(): void;
}

/** `take` is called with the orders of other tabs. Where tabs cannot talk, orders stay in their own. */
export function openChannel(name: string, take: (order: Order) => void): Channel {
  if (typeof BroadcastChannel === "undefined") return { send: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Order>) => take(data);
  return { send: (order) => channel.postMessage(order), close: () => channel.close() };
}
