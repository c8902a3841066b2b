// Asks before a tab is closed or loaded anew in which somebody talks: the customer would be hung up on.

import type { CallsState } from "../state";

/** Ask from now on, while this tab has a call; answers how to stop. */
export function askBeforeLeaving({ legs }: Pick<CallsState, "legs">): () => void {
  const ask = (event: Event): void => {
    if (legs.peek().some(({ state }) => state === "talking")) event.preventDefault();
  };
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}
