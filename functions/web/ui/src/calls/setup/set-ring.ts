// Changes how calls sound here, and keeps it on this device.

import type { App } from "../../app-context";
import { type RingSetting, writeRing } from "../phone/ring-setting";

export function setRing({ store, phone }: App, patch: Partial<RingSetting>): void {
  const { ring } = store.calls;
  ring.value = { ...ring.value, ...patch };
  writeRing(localStorage, store.me.value?.id ?? "", ring.value);
  if (patch.output !== undefined) phone.output(patch.output);
}
