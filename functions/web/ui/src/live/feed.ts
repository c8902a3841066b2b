// The change feed: the truth about what happened since the last look. Many hints at once become one reading.

import type { Change, Changes } from "../api/types";

export interface Feed {
  /** Read what is new. Calls during a reading are answered by one more reading. */
  read(): Promise<void>;
}

type Reader = (after: string | null) => Promise<Changes>;
type Apply = (changes: Change[], reset: boolean) => Promise<void>;

/** `apply` is called with what changed; `reset` means that the cursor was lost and everything is to be read again. */
export function createFeed(reader: Reader, apply: Apply): Feed {
  let cursor: string | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  /** Set when the first reading failed: nobody knows what happened before the cursor that a later one learns. */
  let blind = false;

  async function drain(): Promise<void> {
    do {
      again = false;
      const changes = await next();
      const reset = changes.reset || blind;
      blind = false;
      cursor = changes.next ?? cursor;
      if (changes.items.length || reset) await apply(changes.items, reset);
      again ||= changes.items.length > 0;
    } while (again);
  }

  function next(): Promise<Changes> {
    return reader(cursor).catch((error: unknown) => {
      blind ||= cursor === null;
      throw error;
    });
  }

  return {
    read() {
      again = true;
      running ??= drain().finally(() => {
        running = null;
      });
      return running;
    },
  };
}
