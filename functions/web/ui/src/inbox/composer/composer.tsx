// Where the agent writes: a reply on the chosen channel, or a yellow note that the customer never sees.

import { useRef } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { putDraft } from "../../store";
import { Icon } from "../../ui/icon";
import type { Thread } from "../thread/timeline";
import { ChannelChoice } from "./channel-choice";
import { channelOf, type Draft, EMPTY_DRAFT, type Tab, whyMute } from "./draft";
import { SegmentCount } from "./segment-count";
import { isSending, sendDraft } from "./send";
import { Tabs } from "./tabs";
import "./composer.css";

interface Props {
  conversation: Conversation;
  thread: Thread;
}

export function Composer({ conversation, thread }: Props) {
  const app = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = app.store.drafts.value.get(conversation.id) ?? EMPTY_DRAFT;
  const channel = channelOf(draft, conversation, thread.messages);
  const change = (patch: Partial<Draft>) => putDraft(app.store, conversation.id, { ...draft, ...patch });
  const choose = (tab: Tab) => {
    change({ tab });
    field.current?.focus();
  };
  const note = draft.tab === "note";
  const loaded = thread.phase === "ready";
  const mute = note || !loaded ? "" : whyMute(conversation, channel);
  const send = () => void sendDraft(app, conversation.id);
  return (
    <section class={note ? "composer note" : "composer"} aria-label={note ? "Note" : "Reply"}>
      <div class="composer-top">
        <Tabs tab={draft.tab} choose={choose} />
        {!note && channel && (
          <ChannelChoice
            conversation={conversation}
            channel={channel}
            choose={(channel) => change({ channel })}
          />
        )}
      </div>
      {draft.newer > 0 && <Overtaken count={draft.newer} />}
      {mute ? <p class="hint">{mute}</p> : <Field field={field} draft={draft} change={change} send={send} />}
      <div class="composer-bottom">
        {!note && channel === "sms" && <SegmentCount text={draft.reply} />}
        <SendButton conversation={conversation} draft={draft} ready={loaded && !mute} send={send} />
      </div>
    </section>
  );
}

interface FieldProps {
  field: { current: HTMLTextAreaElement | null };
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  send: () => void;
}

function Field({ field, draft, change, send }: FieldProps) {
  const note = draft.tab === "note";
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  return (
    <textarea
      ref={field}
      rows={3}
      value={draft[draft.tab]}
      aria-label={note ? "Note for your team" : "Your reply"}
      placeholder={note ? "A note for your team. The customer never sees it." : "Write your reply"}
      onInput={(event) => change({ [draft.tab]: event.currentTarget.value })}
      onKeyDown={keys}
    />
  );
}

function Overtaken({ count }: { count: number }) {
  const came = count === 1 ? "A newer message came" : `${count} newer messages came`;
  return (
    <p class="overtaken" role="alert">
      <Icon name="info" /> {came} while you were writing. Nothing was sent: read it above, then send.
    </p>
  );
}

interface SendProps {
  conversation: Conversation;
  draft: Draft;
  ready: boolean;
  send: () => void;
}

function SendButton({ conversation, draft, ready, send }: SendProps) {
  const sending = isSending(useApp(), conversation.id);
  const label = draft.tab === "note" ? "Add note" : "Send";
  return (
    <button
      type="button"
      class="button primary"
      title={`${label} (Ctrl or Cmd + Enter)`}
      disabled={!ready || sending || !draft[draft.tab].trim()}
      onClick={send}
    >
      <Icon name="send" /> {sending ? "Sending" : label}
    </button>
  );
}
