// What the agent sent and the server has not confirmed: shown at once, kept when it fails.

import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import type { Outgoing } from "../composer/outgoing";
import { deliver, takeBack } from "../composer/send";
import { PlainText } from "./plain-text";

export function PendingEntry({ outgoing }: { outgoing: Outgoing }) {
  const side = outgoing.channel === "note" ? "note" : "outbound";
  return (
    <article class={`message pending ${side}`}>
      <div class="bubble">
        <PlainText text={outgoing.text} />
      </div>
      {outgoing.state === "sending" ? <p class="delivery">Sending</p> : <Failure outgoing={outgoing} />}
    </article>
  );
}

function Failure({ outgoing }: { outgoing: Outgoing }) {
  const app = useApp();
  return (
    <p class="delivery bad" role="alert">
      <Icon name="warning" size={13} />
      <span>
        Not sent. {outgoing.reason}
        <button type="button" class="link" onClick={() => void deliver(app, outgoing)}>
          Send again
        </button>
        <button type="button" class="link" onClick={() => takeBack(app, outgoing)}>
          Edit
        </button>
      </span>
    </p>
  );
}
