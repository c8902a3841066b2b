// Stands in for Twilio's voice SDK in the browser of `npm run dev`: it rings when the fake backend says so.

type Listener = (what?: unknown) => void;

class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event: string, what?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(what);
  }
}

class Leg extends Emitter {
  readonly parameters: Record<string, string>;
  readonly customParameters: Map<string, string>;
  #muted = false;

  constructor(private readonly call: string) {
    super();
    this.parameters = { CallSid: `leg-${call}` };
    this.customParameters = new Map([["call", call]]);
  }

  accept = () => void fetch(`/fake/answer/${this.call}`, { method: "POST" }).then(() => this.emit("accept"));
  reject = () => this.emit("reject");
  disconnect = () => this.emit("disconnect");
  mute = (on = true) => void (this.#muted = on);
  isMuted = () => this.#muted;
  sendDigits = (digits: string) => console.info("digits", digits);
}

const POLL_MS = 400;

export class Device extends Emitter {
  readonly #legs = new Map<string, Leg>();
  #timer: ReturnType<typeof setInterval> | undefined;

  async register(): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), POLL_MS);
    this.emit("registered");
  }

  updateToken(): void {
    this.emit("registered");
  }

  destroy(): void {
    clearInterval(this.#timer);
    this.emit("unregistered");
  }

  async #look(): Promise<void> {
    const present: string[] = await fetch("/fake/legs").then((answer) => answer.json());
    for (const call of present) if (!this.#legs.has(call)) this.#ring(call);
    for (const [call, leg] of this.#legs) if (!present.includes(call)) this.#end(call, leg);
  }

  #ring(call: string): void {
    const leg = new Leg(call);
    this.#legs.set(call, leg);
    this.emit("incoming", leg);
  }

  #end(call: string, leg: Leg): void {
    this.#legs.delete(call);
    leg.emit("disconnect");
  }
}
