// A form that goes once at a time, and keeps what was written when the server says no.

import { useSignal } from "@preact/signals";
import { explain } from "../api/errors";

export interface Submitting {
  busy: boolean;
  /** Why it did not go; empty when nothing speaks against it. */
  refused: string;
  submit: (event: Event) => Promise<void>;
}

/** `missing` says what is not there yet, `send` does it, and then the form closes. */
export function useSubmit(missing: () => string, send: () => Promise<void>, close: () => void): Submitting {
  const busy = useSignal(false);
  const refused = useSignal("");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy.value) return;
    refused.value = missing();
    if (refused.value) return;
    busy.value = true;
    await send().then(close, (error: unknown) => {
      refused.value = explain(error);
    });
    busy.value = false;
  };
  return { busy: busy.value, refused: refused.value, submit };
}
