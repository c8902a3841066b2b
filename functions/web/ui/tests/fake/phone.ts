// A phone that only writes down what it was told, and a stand-in for Twilio's SDK whose calls a test makes ring.

import type { Phone } from "../../src/calls/phone/phone";
import type { SdkCall, SdkDevice, SdkError } from "../../src/calls/phone/sdk";

export interface QuietPhone extends Phone {
  told: string[];
}

export function quietPhone(): QuietPhone {
  const told: string[] = [];
  const note = (verb: string) => (what?: unknown) =>
    void told.push(what === undefined ? verb : `${verb} ${what}`);
  return {
    told,
    start: async () => note("start")(),
    choose: async (device) => note("choose")(device),
    answer: note("answer"),
    reject: note("reject"),
    mute: note("mute"),
    digits: note("digits"),
    retry: note("retry"),
    takeOver: note("take over"),
    output: note("output"),
    close: note("close"),
  };
}

type Listener = (what?: never) => void;

class Emitter {
  private readonly listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): this {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return this;
  }

  emit(event: string, what?: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(what as never);
  }
}

export class FakeLeg extends Emitter {
  readonly parameters: Record<string, string>;
  readonly customParameters: Map<string, string>;
  did: string[] = [];

  constructor(call: string, sid = `leg of ${call}`) {
    super();
    this.parameters = { CallSid: sid };
    this.customParameters = new Map(call ? [["call", call]] : []);
  }

  accept = () => this.does("accept");
  reject = () => this.does("reject");
  disconnect = () => this.does("disconnect");
  mute = (on = true) => void this.did.push(`mute ${on}`);
  isMuted = () => this.did.at(-1) === "mute true";
  sendDigits = (digits: string) => void this.did.push(`digits ${digits}`);

  private does(verb: "accept" | "reject" | "disconnect"): void {
    this.did.push(verb);
    this.emit(verb);
  }
}

export class FakeDevice extends Emitter {
  /** Every device that was made, the latest last. */
  static made: FakeDevice[] = [];
  /** What registering fails with. */
  static refusal: SdkError | null = null;
  tokens: string[];
  destroyed = false;

  constructor(token: string) {
    super();
    this.tokens = [token];
    FakeDevice.made.push(this);
  }

  static reset(): void {
    FakeDevice.made = [];
    FakeDevice.refusal = null;
  }

  async register(): Promise<void> {
    if (FakeDevice.refusal) throw FakeDevice.refusal;
    this.emit("registered");
  }

  updateToken(token: string): void {
    this.tokens.push(token);
  }

  destroy(): void {
    this.destroyed = true;
    this.emit("unregistered");
  }

  /** A call comes in. */
  ring(leg: FakeLeg): FakeLeg {
    this.emit("incoming", leg as unknown as SdkCall);
    return leg;
  }
}

export const FAKE_SDK = { Device: FakeDevice as unknown as new (token: string) => SdkDevice };
