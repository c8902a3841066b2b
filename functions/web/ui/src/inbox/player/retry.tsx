// Tries again what failed about a recording: its copy, or its transcript.

import { useSignal } from "@preact/signals";
import { explain } from "../../api/errors";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { addMessages, addToast } from "../../store";
import { shownIn } from "../merge/shown";

export function Retry({ message }: { message: Message }) {
  const { api, store } = useApp();
  const busy = useSignal(false);
  const retry = async () => {
    busy.value = true;
    const conversation = shownIn(store, message);
    try {
      addMessages(store, conversation, [await api.retryRecording(conversation, message.id)]);
    } catch (error) {
      addToast(store, { tone: "error", text: `It could not be tried again. ${explain(error)}` });
    }
    busy.value = false;
  };
  return (
    <button type="button" class="link" disabled={busy.value} onClick={() => void retry()}>
      Try again
    </button>
  );
}
