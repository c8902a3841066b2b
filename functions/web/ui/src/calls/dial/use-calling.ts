// What is known about calling a customer: the server's facts as they come, and the numbers on screen.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Calling } from "../../api/call-types";
import { useApp } from "../../app-context";
import { threadOf } from "../../store";
import { numbersOf } from "./numbers";

const UNKNOWN: Calling = { numbers: [], zone: null, next_opening: null };

/** Without an answer of the server the dialog works, and says less. */
export function useCalling(conversation: string): Calling {
  const { api, store } = useApp();
  const calling = useSignal(UNKNOWN);
  useEffect(() => {
    api.calling(conversation).then(
      (known) => {
        calling.value = known;
      },
      () => undefined,
    );
  }, []);
  const head = store.conversations.value.get(conversation);
  const seen = head ? numbersOf(head, threadOf(store, conversation).messages) : [];
  return { ...calling.value, numbers: [...new Set([...calling.value.numbers, ...seen])] };
}
