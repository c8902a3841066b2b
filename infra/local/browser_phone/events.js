// What the phone tells its page: events, and errors with Twilio's codes.
//
// https://www.twilio.com/docs/voice/sdks/error-codes

export const TOKEN_INVALID = 20101;
export const TOKEN_EXPIRED = 20104;
export const CONNECTION_ERROR = 31005;

export class Emitter {
  #listeners = new Map();

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  once(event, listener) {
    const once = (...facts) => {
      this.off(event, once);
      listener(...facts);
    };
    return this.on(event, once);
  }

  off(event, listener) {
    const left = (this.#listeners.get(event) ?? []).filter((each) => each !== listener);
    this.#listeners.set(event, left);
    return this;
  }

  removeAllListeners(event) {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  emit(event, ...facts) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...facts);
  }
}

export class VoiceError extends Error {
  constructor(code, message) {
    super(message);
    this.name = "TwilioError";
    this.code = code;
  }
}
