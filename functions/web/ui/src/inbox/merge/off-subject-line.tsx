// The proposal at a mail that came under another subject: to split it off, or to leave it.

import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { threadOf } from "../../store";
import { Icon } from "../../ui/icon";
import { leave, looksLikeAnother } from "./off-subject";
import { shownIn } from "./shown";
import { splitOff } from "./splitting";
import "./merge.css";

export function OffSubject({ message }: { message: Message }) {
  const app = useApp();
  const { store } = app;
  const id = shownIn(store, message);
  if (!looksLikeAnother(store, message, threadOf(store, id))) return null;
  return (
    <div class="off-subject">
      <Icon name="info" />
      <p>
        This looks like another matter: “{message.subject || "no subject"}”.
        <button type="button" class="link" onClick={() => void splitOff(app, id, [message.id])}>
          Split it off
        </button>
        <button type="button" class="link" onClick={() => leave(store, message.id)}>
          Leave it
        </button>
      </p>
    </div>
  );
}
