// The agent's phone as the screen uses it: where calls ring, and answering, muting and keying in whichever tab has it.

import { effect } from "@preact/signals";
import { explain } from "../../api/errors";
import type { Call, PhoneKind } from "../../api/call-types";
import type { Api } from "../../api/client";
import { delayBefore } from "../../live/backoff";
import { addToast, type Store } from "../../store";
import { callOf } from "../state";
import { createDeviceLine, type DeviceLine } from "./device";
import { askBeforeLeaving } from "./leaving";
import { createLegs, type Legs } from "./legs";
import { createOwner, type Owner } from "./owner";
import type { Sdk } from "./sdk";
import { type Channel, openChannel, type Order } from "./talk";

export interface Phone {
  /** Read where calls ring, and connect this browser if it is here. */
  start(): Promise<void>;
  choose(device: PhoneKind): Promise<void>;
  answer(call: string): void;
  reject(call: string): void;
  mute(on: boolean): void;
  digits(digits: string): void;
  retry(): void;
  /** Have the phone in this tab instead of another. */
  takeOver(): void;
  output(id: string): void;
  /** The agent leaves: nothing rings here any more. */
  close(): void;
}

export interface PhonePorts {
  api: Pick<Api, "phone" | "choosePhone" | "voiceToken">;
  store: Store;
  load: () => Promise<Sdk>;
  locks: Pick<LockManager, "request"> | undefined;
}

const ELSEWHERE = {
  phase: "elsewhere",
  words: "Calls ring in another tab of this browser.",
  next: "You can have them here instead.",
} as const;

export function createPhone(ports: PhonePorts): Phone {
  return new BrowserPhone(ports);
}

class BrowserPhone implements Phone {
  readonly #legs: Legs;
  readonly #device: DeviceLine;
  /** From the start on, when it is known whose phone this is. */
  #owner: Owner | null = null;
  #channel: Channel | null = null;
  #unfollow: () => void;
  #leaveUnasked: () => void;
  #attempt = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ports: PhonePorts) {
    const { store, api, load } = ports;
    const { calls } = store;
    this.#device = createDeviceLine({
      load,
      token: () => api.voiceToken(),
      incoming: (call) => this.#legs.take(call),
      busy: () => calls.legs.peek().some(({ state }) => state === "talking"),
      show: (line) => {
        calls.line.value = line;
      },
      random: Math.random,
    });
    this.#legs = createLegs(calls, (error) => this.#device.failed(error));
    this.#unfollow = effect(() => this.#answerOwn());
    this.#leaveUnasked = askBeforeLeaving(calls);
  }

  async start(): Promise<void> {
    const { api, store } = this.ports;
    clearTimeout(this.#again);
    try {
      store.calls.choice.value = await api.phone();
      this.#open(`heartline-phone-${store.me.peek()?.id ?? ""}`);
      if (store.calls.choice.value.device === "browser") this.#owner?.claim();
    } catch (error) {
      this.#startAgain(`Where your calls ring could not be read. ${explain(error)}`);
    }
  }

  /** Who does not look would be rung in vain until they do. */
  #startAgain(words: string): void {
    this.ports.store.calls.line.value = { phase: "failed", words, next: "Heartline keeps trying." };
    this.#again = setTimeout(() => void this.start(), delayBefore(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  async choose(device: PhoneKind): Promise<void> {
    const { api, store } = this.ports;
    const before = store.calls.choice.value;
    if (before?.device === device) return;
    try {
      store.calls.choice.value = await api.choosePhone(device);
      if (device === "browser") this.#owner?.claim();
      else this.#hangBack();
    } catch (error) {
      addToast(store, { tone: "error", text: `Your calls ring where they did. ${explain(error)}` });
    }
  }

  answer(call: string): void {
    if (!this.#legs.answer(call)) this.#channel?.send({ do: "answer", call });
  }

  reject(call: string): void {
    if (!this.#legs.reject(call)) this.#channel?.send({ do: "reject", call });
  }

  mute(on: boolean): void {
    if (!this.#legs.mute(on)) this.#channel?.send({ do: "mute", on });
  }

  digits(digits: string): void {
    if (!this.#legs.digits(digits)) this.#channel?.send({ do: "digits", digits });
  }

  retry(): void {
    const { choice } = this.ports.store.calls;
    if (choice.value === null) void this.start();
    else this.#device.retry();
  }

  takeOver(): void {
    this.#owner?.claim(true);
  }

  output(id: string): void {
    this.#device.output(id);
  }

  close(): void {
    clearTimeout(this.#again);
    this.#unfollow();
    this.#leaveUnasked();
    this.#channel?.close();
    this.#hangBack();
  }

  #open(name: string): void {
    this.#owner = createOwner({
      locks: this.ports.locks,
      name,
      gained: () => this.#device.connect(),
      lost: () => this.#standBy(),
    });
    this.#channel = openChannel(name, (order) => this.#obey(order));
  }

  #hangBack(): void {
    this.#owner?.release();
    this.#legs.clear();
    this.#device.close();
  }

  /** Another tab has the phone, or is asked for it. */
  #standBy(): void {
    this.#legs.clear();
    this.#device.close();
    this.ports.store.calls.line.value = ELSEWHERE;
  }

  #obey(order: Order): void {
    if (order.do === "answer") this.#legs.answer(order.call);
    else if (order.do === "reject") this.#legs.reject(order.call);
    else if (order.do === "mute") this.#legs.mute(order.on);
    else this.#legs.digits(order.digits);
  }

  /** Who has asked for a call need not answer their own phone. */
  #answerOwn(): void {
    const { store } = this.ports;
    for (const { call, state } of store.calls.legs.value)
      if (state === "ringing" && this.#isOwn(call, callOf(store, call))) this.#legs.answer(call);
  }

  #isOwn(id: string, call: Call | undefined): boolean {
    const { calls, me } = this.ports.store;
    return calls.begun.value.has(id) || (call?.purpose === "dial" && call.agent === me.value?.id);
  }
}
