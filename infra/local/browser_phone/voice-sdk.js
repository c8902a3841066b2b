// Stands in for @twilio/voice-sdk on the local stack: the same Device and Call as far as the inbox uses them, with the
// Twilio simulator's devices in place of WebRTC. Nothing is heard; everything rings, answers, mutes and ends for real.
//
// Surface: https://www.twilio.com/docs/voice/sdks/javascript/twiliodevice

import { Call } from "./call.js";
import { CONNECTION_ERROR, Emitter, VoiceError } from "./events.js";
import { claimsOf } from "./token.js";

const TOKEN_REFRESH_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;

export class Device extends Emitter {
  #token;
  #options;
  #claims;
  #calls = new Map();
  #version = null;
  #polling = null;
  #warning;
  #state = "unregistered";

  constructor(token, options = {}) {
    super();
    this.#options = options;
    this.updateToken(token);
    globalThis.addEventListener?.("pagehide", this.#gone);
  }

  get token() {
    return this.#token;
  }

  get identity() {
    return this.#claims.grants.identity;
  }

  get state() {
    return this.#state;
  }

  get calls() {
    return [...this.#calls.values()].filter((call) => call.status() === "open" || call.status() === "connecting");
  }

  get isBusy() {
    return this.calls.length > 0;
  }

  get audio() {
    return null;
  }

  updateOptions(options) {
    this.#options = { ...this.#options, ...options };
  }

  /** Take another token for the same phone; a call that is on goes on. */
  updateToken(token) {
    this.#claims = claimsOf(token);
    this.#token = token;
    clearTimeout(this.#warning);
    const left = this.#claims.exp * 1000 - Date.now() - (this.#options.tokenRefreshMs ?? TOKEN_REFRESH_MS);
    this.#warning = setTimeout(() => this.emit("tokenWillExpire", this), Math.max(left, 0));
  }

  async register() {
    if (this.#polling) return;
    this.#enter("registering");
    this.#polling = new AbortController();
    try {
      this.#take(await this.#ask("GET", "calls"));
    } catch (error) {
      if (!(error.code === CONNECTION_ERROR)) {
        this.#lose(error);
        throw error;
      }
      this.emit("error", error);
    }
    void this.#follow(this.#polling.signal);
  }

  async unregister() {
    this.#polling?.abort();
    this.#polling = null;
    await this.#ask("DELETE", "").catch(() => undefined);
    this.#enter("unregistered");
  }

  disconnectAll() {
    for (const call of this.calls) call.disconnect();
  }

  destroy() {
    if (this.#state === "destroyed") return;
    clearTimeout(this.#warning);
    globalThis.removeEventListener?.("pagehide", this.#gone);
    this.#gone();
    this.#state = "destroyed";
    this.emit("destroyed");
    this.removeAllListeners();
  }

  /** The page goes, and with it what a browser's call is made of. */
  #gone = () => {
    this.#polling?.abort();
    this.#polling = null;
    this.disconnectAll();
    void this.#ask("DELETE", "").catch(() => undefined);
  };

  async #follow(signal) {
    let wait = FIRST_RETRY_MS;
    while (!signal.aborted) {
      try {
        this.#take(await this.#ask("GET", `calls?after=${this.#version ?? 0}`, undefined, signal));
        wait = FIRST_RETRY_MS;
      } catch (error) {
        if (signal.aborted) return;
        if (error.code !== CONNECTION_ERROR) return this.#lose(error);
        this.#enter("unregistered");
        await new Promise((done) => setTimeout(done, wait));
        wait = Math.min(wait * 2, LONGEST_RETRY_MS);
      }
    }
  }

  /** What rings and talks at this device now. */
  #take({ version, calls }) {
    this.#version = version;
    this.#enter("registered");
    const legs = new Map(calls.map((leg) => [leg.sid, leg]));
    for (const [sid, call] of this.#calls) {
      call.seen(legs.get(sid)?.state ?? null);
      if (call.status() === "closed" && !legs.has(sid)) this.#calls.delete(sid);
    }
    for (const leg of legs.values()) if (leg.state === "ringing" && !this.#calls.has(leg.sid)) this.#ring(leg);
  }

  #ring(leg) {
    const call = new Call(leg, (...request) => this.#ask(...request), this.#claims.sub);
    this.#calls.set(leg.sid, call);
    this.emit("incoming", call);
  }

  #lose(error) {
    this.#polling?.abort();
    this.#polling = null;
    this.emit("error", error);
    this.#enter("unregistered");
  }

  #enter(state) {
    if (this.#state === state || this.#state === "destroyed") return;
    this.#state = state;
    this.emit(state);
  }

  async #ask(method, path, given, signal) {
    const address = new URL(`devices/client:${encodeURIComponent(this.identity)}${path && `/${path}`}`, import.meta.url);
    const headers = { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" };
    const body = given === undefined ? undefined : JSON.stringify(given);
    let answer;
    try {
      answer = await fetch(address, { method, headers, body, signal, keepalive: method !== "GET" });
    } catch (error) {
      throw new VoiceError(CONNECTION_ERROR, `ConnectionError (${CONNECTION_ERROR}): ${error.message}`);
    }
    if (answer.status === 204) return null;
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    throw new VoiceError(said.code ?? CONNECTION_ERROR, said.error ?? `the simulator answered ${answer.status}`);
  }
}
