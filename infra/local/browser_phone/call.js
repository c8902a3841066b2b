// One leg in the browser, with the surface of the SDK's Call.
//
// https://www.twilio.com/docs/voice/sdks/javascript/twiliocall

import { Emitter } from "./events.js";

/** One leg that rings or talks here. Its truth is the simulator's: the device tells it what has become of it. */
export class Call extends Emitter {
  #ask;
  #status = "pending";
  #muted = false;

  constructor(leg, ask, account) {
    super();
    this.#ask = ask;
    this.direction = "INCOMING";
    this.parameters = { CallSid: leg.sid, From: leg.from, To: leg.to, AccountSid: account };
    this.customParameters = new Map(Object.entries(leg.custom));
  }

  status() {
    return this.#status;
  }

  isMuted() {
    return this.#muted;
  }

  accept() {
    if (this.#status !== "pending") return;
    this.#status = "connecting";
    void this.#tell("accept").then((done) => done && this.#move("open", "accept"));
  }

  reject() {
    if (this.#status !== "pending") return;
    this.#move("closed", "reject");
    void this.#tell("reject");
  }

  /** Stop ringing here, and let the others ring. */
  ignore() {
    if (this.#status === "pending") this.#status = "closed";
  }

  disconnect() {
    if (this.#status === "closed") return;
    const ringing = this.#status === "pending";
    this.#move("closed", "disconnect");
    void this.#tell(ringing ? "reject" : "hang-up");
  }

  mute(on = true) {
    if (this.#muted === on) return;
    this.#muted = on;
    this.emit("mute", on, this);
    void this.#tell("mute", { on });
  }

  sendDigits(digits) {
    void this.#tell("digits", { digits: digits.replace(/[^0-9*#]/g, "") });
  }

  /** What the simulator says of this leg now; null if it is over. */
  seen(state) {
    if (this.#status === "closed") return;
    if (state === null) this.#move("closed", this.#status === "pending" ? "cancel" : "disconnect");
    // Somebody took it elsewhere, in another window of the same agent.
    else if (state === "live" && this.#status === "pending") this.#move("closed", "cancel");
  }

  #move(status, event) {
    this.#status = status;
    this.emit(event, this);
  }

  async #tell(what, given = {}) {
    try {
      await this.#ask("POST", `calls/${this.parameters.CallSid}/${what}`, given);
      return true;
    } catch (error) {
      this.emit("error", error, this);
      return false;
    }
  }
}
