// A tab's phone over a fake of Twilio's SDK, made anew for each test of the file that imports this.

import { afterEach, beforeEach, vi } from "vitest";
import { createPhone, type Phone } from "../../src/calls/phone/phone";
import { type Bench, bench } from "../app";
import { fakeLocks } from "../fake/locks";
import { FAKE_SDK, FakeDevice } from "../fake/phone";

export let { app, fake }: Bench = bench();
export let phone: Phone;
const phones: Phone[] = [];

export const load = vi.fn(async () => FAKE_SDK);
export const device = () => FakeDevice.made.at(-1) as FakeDevice;
export const later = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The phone of another tab; it is closed after the test. */
export function phoneOf({ app }: Bench, locks: Pick<LockManager, "request"> = fakeLocks()): Phone {
  const made = createPhone({ api: app.api, store: app.store, load, locks });
  phones.push(made);
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  load.mockClear();
  FakeDevice.reset();
  ({ app, fake } = bench());
  phone = phoneOf({ app, fake });
});

afterEach(() => {
  for (const each of phones.splice(0)) each.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
