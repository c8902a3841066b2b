// Deletes a recording for good; for leads and admins, and asked twice.

import { useSignal } from "@preact/signals";
import { explain } from "../../api/errors";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { addToast } from "../../store";
import { loadThread } from "../loading";
import { shownIn } from "../merge/shown";

export function Deletion({ message }: { message: Message }) {
  const app = useApp();
  const asked = useSignal(false);
  const { role } = app.store.me.value ?? { role: "agent" };
  if (role !== "lead" && role !== "admin") return null;
  const remove = async () => {
    asked.value = false;
    const conversation = shownIn(app.store, message);
    try {
      await app.api.deleteRecording(conversation, message.id);
      await loadThread(app, conversation);
    } catch (error) {
      addToast(app.store, { tone: "error", text: `The recording was not deleted. ${explain(error)}` });
    }
  };
  const ask = (yes: boolean) => () => {
    asked.value = yes;
  };
  if (!asked.value)
    return (
      <button type="button" class="link" onClick={ask(true)}>
        Delete
      </button>
    );
  return (
    <span class="really">
      Delete the sound and its transcript for good?{" "}
      <button type="button" class="link bad" onClick={() => void remove()}>
        Delete for good
      </button>{" "}
      <button type="button" class="link" onClick={ask(false)}>
        Keep
      </button>
    </span>
  );
}
