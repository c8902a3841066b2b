// Keeps the browser's phone connected: fetches the SDK and the pass, renews it, comes back after a break.

import { ApiError, explain } from "../../api/errors";
import type { VoiceToken } from "../../api/call-types";
import { delayBefore } from "../../live/backoff";
import { faultOf, type Line } from "./line";
import type { Sdk, SdkCall, SdkDevice, SdkError, SdkOptions } from "./sdk";

/** How long a phone that lost its service may find back by itself before it is built anew. */
const PATIENCE_MS = 15_000;
/** The SDK's code for a service that cannot be reached. */
const LOST = 31005;
const OTHERWISE = "Let calls ring on your phone meanwhile.";
const OPTIONS: SdkOptions = {
  closeProtection: "You are on a call. Leaving this page ends it for you.",
  tokenRefreshMs: 60_000,
  logLevel: "error",
};

export interface DevicePorts {
  load: () => Promise<Sdk>;
  token: () => Promise<VoiceToken>;
  incoming: (call: SdkCall) => void;
  /** Whether somebody talks over it. */
  busy: () => boolean;
  show: (line: Line) => void;
  random: () => number;
}

export interface DeviceLine {
  connect(): void;
  /** Build it anew, at once. */
  retry(): void;
  close(): void;
  failed(error: SdkError): void;
  output(id: string): void;
}

export function createDeviceLine(ports: DevicePorts): DeviceLine {
  return new BrowserLine(ports);
}

class BrowserLine implements DeviceLine {
  #device: SdkDevice | null = null;
  /** Rises with each connection and each end, so that what was begun before is known to be too late. */
  #round = 0;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #output = "";

  constructor(private readonly ports: DevicePorts) {}

  connect(): void {
    this.#end();
    this.ports.show({ phase: "connecting", words: "", next: "" });
    const round = this.#round;
    void this.#build(round).catch((error: unknown) => round === this.#round && this.#broken(error));
  }

  retry(): void {
    this.#attempt = 0;
    if (!this.ports.busy()) this.connect();
  }

  close(): void {
    this.#end();
    this.ports.show({ phase: "off", words: "", next: "" });
  }

  /** An error of the phone or of one of its legs. */
  failed({ code, message = "" }: SdkError): void {
    const { words, next, again } = faultOf(code, message);
    if (again) this.#later(words, next);
    else this.ports.show({ phase: "failed", words, next });
  }

  output(id: string): void {
    this.#output = id;
    const audio = this.#device?.audio;
    // A device that was unplugged since is no longer there to be chosen; the system's own one then plays.
    if (id && audio?.isOutputSelectionSupported) void audio.speakerDevices.set(id).catch(() => undefined);
  }

  async #build(round: number): Promise<void> {
    const [sdk, { token }] = await Promise.all([this.ports.load(), this.ports.token()]);
    if (round !== this.#round) return;
    const device = new sdk.Device(token, OPTIONS);
    this.#device = device;
    this.#follow(device);
    // Heartline has a ring of its own, which the agent can tame.
    device.audio?.incoming(false);
    this.output(this.#output);
    await device.register();
  }

  #follow(device: SdkDevice): void {
    const current = (act: () => void) => () => void (this.#device === device && act());
    device.on("registered", current(this.#ready));
    device.on("unregistered", current(this.#lost));
    device.on("tokenWillExpire", current(this.#renew));
    device.on("incoming", (call) => current(() => this.ports.incoming(call))());
    device.on("error", (error) => current(() => this.failed(error))());
  }

  #ready = (): void => {
    clearTimeout(this.#timer);
    this.#attempt = 0;
    this.ports.show({ phase: "ready", words: "", next: "" });
  };

  /** The SDK comes back by itself after a short break. */
  #lost = (): void => {
    const { words, next } = faultOf(LOST, "");
    this.#later(words, next, PATIENCE_MS);
  };

  /** Another pass for the same phone, so that a call that is on goes on. */
  #renew = (): void => {
    const device = this.#device;
    void this.ports.token().then(
      ({ token }) => this.#device === device && device?.updateToken(token),
      () => this.#lost(),
    );
  };

  /** The build, the API or the SDK refused. What the deployment has to mend is not tried again by itself. */
  #broken(error: unknown): void {
    if (error instanceof ApiError && error.status < 500)
      return this.ports.show({ phase: "failed", words: error.message, next: OTHERWISE });
    const { code } = (error ?? {}) as SdkError;
    if (typeof code === "number") return this.failed(error as SdkError);
    this.#later(explain(error), "Heartline keeps trying.");
  }

  #later(words: string, next: string, wait = delayBefore(this.#attempt, this.ports.random())): void {
    this.ports.show({ phase: this.#attempt > 1 ? "failed" : "connecting", words, next });
    this.#attempt += 1;
    this.#retryAfter(wait);
  }

  /** A phone in use is not torn down: the call may well be heard while its service is away. */
  #retryAfter(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => (this.ports.busy() ? this.#retryAfter(PATIENCE_MS) : this.connect()),
      wait,
    );
  }

  #end(): void {
    this.#round += 1;
    clearTimeout(this.#timer);
    const device = this.#device;
    this.#device = null;
    device?.destroy();
  }
}
