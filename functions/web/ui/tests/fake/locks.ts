// Web Locks as the specification describes them, for tabs that stand beside each other in a test.
// https://w3c.github.io/web-locks/#algorithms

type Held = () => Promise<void>;

interface Waiting {
  held: Held;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** One exclusive lock: first come, first served; `steal` takes it, `signal` leaves the line. */
export function fakeLocks(): Pick<LockManager, "request"> {
  let present: Waiting | null = null;
  let line: Waiting[] = [];

  function next(): void {
    const first = line.shift();
    if (first) grant(first);
  }

  function grant(request: Waiting): void {
    present = request;
    void request.held().then(() => {
      request.resolve();
      if (present !== request) return;
      present = null;
      next();
    });
  }

  function request(_name: string, options: LockOptions, held: Held): Promise<void> {
    return new Promise((resolve, reject) => {
      const asked = { held, resolve, reject };
      options.signal?.addEventListener("abort", () => {
        if (!line.includes(asked)) return;
        line = line.filter((other) => other !== asked);
        reject(new DOMException("Left the line.", "AbortError"));
      });
      if (options.steal) {
        present?.reject(new DOMException("Taken away.", "AbortError"));
        grant(asked);
      } else if (present) line.push(asked);
      else grant(asked);
    });
  }
  return { request: request as unknown as LockManager["request"] };
}
