// What the agent sent and the server has not confirmed: shown at once, kept when it fails.

import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import type { Outgoing } from "../composer/outgoing";
import { deliver, takeBack } from "../composer/send";
import { quietWords } from "../texting/standing";
import { PlainText } from "./plain-text";

export function PendingEntry({ outgoing }: { outgoing: Outgoing }) {
  const side = outgoing.channel === "note" ? "note" : "outbound";
  return (
    <article class={`message pending ${side}`}>
      <div class="bubble">
        {outgoing.text && <PlainText text={outgoing.text} />}
        {outgoing.files.length > 0 && (
          <p class="hint">
            <Icon name="clip" size={13} /> {outgoing.files.map(({ filename }) => filename).join(", ")}
          </p>
        )}
      </div>
      {outgoing.state === "sending" ? <p class="delivery">Sending</p> : <Failure outgoing={outgoing} />}
    </article>
  );
}

function Failure({ outgoing }: { outgoing: Outgoing }) {
  const app = useApp();
  const quiet = outgoing.code === "quiet_hours";
  const again = quiet ? { ...outgoing, overrideQuiet: true } : outgoing;
  const why = quiet ? quietWords({ message: outgoing.reason }) : outgoing.reason;
  return (
    <p class="delivery bad" role="alert">
      <Icon name="warning" size={13} />
      <span>
        Not sent. {why}
        <button type="button" class="link" onClick={() => void deliver(app, again)}>
          {quiet ? "Send anyway" : "Send again"}
        </button>
        <button type="button" class="link" onClick={() => takeBack(app, outgoing)}>
          Edit
        </button>
      </span>
    </p>
  );
}
