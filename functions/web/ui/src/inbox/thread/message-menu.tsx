// What can be done with one mail of the timeline.

import type { Message } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { type Choice, Menu } from "../../ui/menu";
import { answer } from "../composer/answer";
import { focusWords } from "../composer/words";
import { shownIn } from "../merge/shown";
import { beginSplit, canMove } from "../merge/splitting";
import type { Reading } from "./reading";
import { showSource } from "./source";

export function MessageMenu({ message, reading }: { message: Message; reading: Reading }) {
  const app = useApp();
  const choices = [...answers(app, message), ...parting(app, message), ...views(app, message, reading)];
  return choices.length === 0 ? null : (
    <Menu class="plain message-menu" label="More about this message" choices={choices}>
      <Icon name="more" />
    </Menu>
  );
}

function answers(app: App, message: Message): Choice[] {
  const conversation = shownIn(app.store, message);
  const open = app.store.conversations.value.get(conversation)?.status !== "closed";
  if (!open || message.channel !== "email") return [];
  const choice = (label: string, mode: "reply" | "reply_all" | "forward") => ({
    label,
    run: () => {
      void answer(app, conversation, mode, message.id);
      focusWords();
    },
  });
  const forward = choice("Forward", "forward");
  if (message.direction !== "inbound") return [forward];
  return [choice("Reply", "reply"), choice("Reply to all", "reply_all"), forward];
}

function parting({ store }: App, message: Message): Choice[] {
  if (!canMove(message)) return [];
  return [
    { label: "Split off from here", run: () => beginSplit(store, shownIn(store, message), message.id) },
  ];
}

function views(app: App, message: Message, { plain, explained }: Reading): Choice[] {
  const choices: Choice[] = [];
  const turn = (signal: { value: boolean }) => () => {
    signal.value = !signal.value;
  };
  if (message.html && message.text.trim())
    choices.push({ label: plain.value ? "Show as designed" : "Show as plain text", run: turn(plain) });
  if (message.mail?.source)
    choices.push({
      label: "Show original",
      hint: "The mail as it came, as a file",
      run: () => void showSource(app, message),
    });
  if (message.explanation) choices.push({ label: "Why is this here?", run: turn(explained) });
  return choices;
}
