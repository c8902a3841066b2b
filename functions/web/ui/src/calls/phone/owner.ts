// One tab of a browser has the phone, so that a call rings once: whoever holds the lock. The next tab in line follows.

/** A lock that nobody has is granted within this; whoever waits longer stands behind another tab. */
const AT_ONCE_MS = 300;

export interface Owner {
  /** Wait for the phone, or with `force` take it from the tab that has it. */
  claim(force?: boolean): void;
  release(): void;
}

export interface OwnerPorts {
  /** Absent in browsers without Web Locks; then every tab is on its own. */
  locks: Pick<LockManager, "request"> | undefined;
  name: string;
  gained: () => void;
  /** Another tab has the phone: it was there first, or it has taken it. */
  lost: () => void;
}

export function createOwner(ports: OwnerPorts): Owner {
  return new LockOwner(ports);
}

class LockOwner implements Owner {
  #letGo: (() => void) | null = null;
  #released = false;
  #waiting = new AbortController();

  constructor(private readonly ports: OwnerPorts) {}

  claim(force = false): void {
    this.#released = false;
    if (!this.ports.locks) this.ports.gained();
    else if (force) this.#take();
    else this.#stand();
  }

  release(): void {
    this.#released = true;
    this.#waiting.abort();
    this.#letGo?.();
    this.#letGo = null;
  }

  #stand(): void {
    this.#waiting.abort();
    const { signal } = (this.#waiting = new AbortController());
    this.#request({ signal });
    setTimeout(() => !this.#letGo && !signal.aborted && this.ports.lost(), AT_ONCE_MS);
  }

  #take(): void {
    this.#waiting.abort();
    this.#request({ steal: true });
  }

  /** A lock that was granted and is taken away rejects; this tab then stands in line again. */
  #request(options: LockOptions): void {
    const { locks, name, lost } = this.ports;
    let granted = false;
    const held = () => {
      granted = true;
      return this.#hold();
    };
    locks?.request(name, options, held).catch(() => {
      if (this.#released || !granted) return;
      this.#letGo = null;
      lost();
      this.#stand();
    });
  }

  #hold(): Promise<void> {
    if (this.#released) return Promise.resolve();
    this.ports.gained();
    return new Promise((resolve) => {
      this.#letGo = resolve;
    });
  }
}
