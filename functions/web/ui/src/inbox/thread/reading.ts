// How the agent reads one message just now: as plain text, with its quotes, with its pictures, with its explanation.

import { type Signal, useSignal } from "@preact/signals";

export interface Reading {
  plain: Signal<boolean>;
  unfolded: Signal<boolean>;
  images: Signal<boolean>;
  explained: Signal<boolean>;
}

/** Forgotten when the message leaves the screen. */
export function useReading(): Reading {
  return {
    plain: useSignal(false),
    unfolded: useSignal(false),
    images: useSignal(false),
    explained: useSignal(false),
  };
}
