// The words of a quiet line; another conversation that it names is a link.

import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { formatRoute } from "../../route";
import { eventWords } from "../thread/events";
import { unmerge } from "./merging";
import { titleOf } from "./names";
import { stepOf } from "./steps";
import "./merge.css";

export function StepWords({ message }: { message: Message }) {
  const { route, conversations } = useApp().store;
  const step = stepOf(message);
  if (!step) return <span>{eventWords(message)}</span>;
  const known = conversations.value.get(step.other);
  const href = formatRoute({ view: route.value.view, conversation: step.other });
  return (
    <span>
      {step.before}
      <a class="step-link" href={href}>
        {known ? titleOf(known) : "another conversation"}
      </a>
      {step.after}
      {message.event === "conversation.merged" && <Undo source={step.other} />}
    </span>
  );
}

/** For as long as the open conversation shows the messages of the other. */
function Undo({ source }: { source: string }) {
  const app = useApp();
  const { route, conversations } = app.store;
  const open = conversations.value.get(route.value.conversation ?? "");
  if (!open?.absorbed.includes(source)) return null;
  return (
    <button type="button" class="link" onClick={() => void unmerge(app, source)}>
      Undo
    </button>
  );
}
