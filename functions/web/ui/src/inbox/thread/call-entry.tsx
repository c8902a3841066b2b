// One call in the timeline: how it went in a line, every step of it when it is unfolded, and a way to call back.

import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { isOver } from "../../calls/roles";
import { Icon } from "../../ui/icon";
import { exact, timeOfDay } from "../../ui/time";
import type { CallBlock } from "./calls";
import { eventWords } from "./events";
import "./call-entry.css";

export function CallEntry({ block }: { block: CallBlock }) {
  const { telling, steps, over, missed } = block;
  return (
    <div class={missed ? "call-entry missed" : "call-entry"}>
      {steps.length > 1 ? (
        <details open={!over}>
          <summary title="Every step of this call">
            <Line message={telling} />
          </summary>
          <ol aria-label="Steps of the call">
            {steps.map((step) => (
              <li key={step.id}>
                <time dateTime={step.at} title={exact(step.at)}>
                  {timeOfDay(step.at)}
                </time>{" "}
                {eventWords(step)}
              </li>
            ))}
          </ol>
        </details>
      ) : (
        <p>
          <Line message={telling} />
        </p>
      )}
      {missed && <CallBack conversation={telling.conversation} />}
    </div>
  );
}

function Line({ message }: { message: Message }) {
  return (
    <>
      <Icon name="voice" size={13} /> <span>{eventWords(message)}</span>{" "}
      <time dateTime={message.at} title={exact(message.at)}>
        {timeOfDay(message.at)}
      </time>
    </>
  );
}

/** Not while there is a call, or one is planned, in the same conversation. */
function CallBack({ conversation }: { conversation: string }) {
  const { calls, conversations, me } = useApp().store;
  const head = conversations.value.get(conversation);
  if (!me.value?.capacity.voice || !head || (head.call && !isOver(head.call))) return null;
  return (
    <button
      type="button"
      class="button"
      aria-haspopup="dialog"
      onClick={() => {
        calls.dialog.value = { kind: "dial", conversation };
      }}
    >
      Call back
    </button>
  );
}
