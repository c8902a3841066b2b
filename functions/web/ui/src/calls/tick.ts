// The time to the second, for as long as something on screen counts.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Milliseconds since the epoch, moved on every second. */
export function useSeconds(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return now.value;
}
