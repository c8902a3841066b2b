// How the browser's phone is connected, and what the faults of Twilio's SDK mean for an agent.

export type LinePhase = "off" | "connecting" | "ready" | "elsewhere" | "failed";

export interface Line {
  phase: LinePhase;
  /** What happened, in one plain sentence; empty where nothing is wrong. */
  words: string;
  /** What to do about it. */
  next: string;
}

interface Fault {
  words: string;
  next: string;
  /** Trying again by itself may help. */
  again: boolean;
}

const TOKEN: Fault = {
  words: "Your phone's pass was not accepted.",
  next: "Try again. If it stays like this, ask whoever runs Heartline to check the voice settings.",
  again: true,
};
const NETWORK: Fault = {
  words: "The connection to the phone service is lost.",
  next: "Check your network. Heartline keeps trying.",
  again: true,
};
const MEDIA: Fault = {
  words: "Sound does not get through.",
  next: "A firewall or a VPN may block calls. Try another network, or let calls ring on your phone.",
  again: false,
};

/** https://www.twilio.com/docs/api/errors and the SDK's own list (errors/generated). */
const FAULTS: Record<number, Fault> = {
  20101: TOKEN,
  20104: TOKEN,
  20151: TOKEN,
  31202: TOKEN,
  31204: TOKEN,
  31205: TOKEN,
  31000: NETWORK,
  31003: NETWORK,
  31005: NETWORK,
  31009: NETWORK,
  31206: {
    words: "The phone service takes no more requests just now.",
    next: "It is tried again in a moment.",
    again: true,
  },
  31401: {
    words: "The browser may not use your microphone.",
    next: "Allow it beside the address of this page, then try again.",
    again: false,
  },
  31402: {
    words: "No microphone could be opened.",
    next: "Plug one in, or close the program that uses it, then try again.",
    again: false,
  },
  53000: NETWORK,
  53001: NETWORK,
  53400: MEDIA,
  53402: MEDIA,
  53405: MEDIA,
};

/** What an error of the SDK means. `fallback` is its own message, for codes that nobody has met yet. */
export function faultOf(code: number | undefined, fallback: string): Fault {
  const known = code === undefined ? undefined : FAULTS[code];
  const words = fallback ? `The phone reported: ${fallback}` : "The phone could not be connected.";
  return known ?? { words, next: "Try again, or let calls ring on your phone.", again: true };
}
