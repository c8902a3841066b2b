// Where the agent writes: a reply on the chosen channel, or a yellow note that the customer never sees.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import type { Thread } from "../thread/timeline";
import { answer } from "./answer";
import { ChannelChoice } from "./channel-choice";
import { channelOf, whyMute } from "./draft";
import { FormatBar } from "./format-bar";
import { MailBottom, MailTop } from "./mail-part";
import { ModeButtons } from "./mode-buttons";
import { readiness } from "./outgoing";
import { SegmentCount } from "./segment-count";
import { isSending, sendDraft } from "./send";
import { SendButton, sendLabel } from "./send-button";
import { Tabs } from "./tabs";
import { type Desk, useDesk } from "./use-desk";
import { Overtaken } from "./warnings";
import { Words } from "./words";
import "./composer.css";
import "./mail.css";

interface Props {
  conversation: Conversation;
  thread: Thread;
}

export function Composer({ conversation, thread }: Props) {
  const desk = useDesk(conversation.id);
  const { draft } = desk;
  const note = draft.tab === "note";
  const channel = note ? null : channelOf(draft, conversation, thread.messages);
  const mute = note || thread.phase !== "ready" ? "" : whyMute(conversation, channel);
  const mail = channel === "email" && !mute;
  return (
    <section class={note ? "composer note" : "composer"} aria-label={note ? "Note" : "Reply"}>
      <div class="composer-top">
        <Tabs tab={draft.tab} choose={(tab) => desk.change({ tab }, "focus")} />
        {mail && <ModeButtons id={desk.id} mode={draft.mail?.mode ?? "reply"} />}
        {channel && (
          <ChannelChoice
            conversation={conversation}
            channel={channel}
            choose={(channel) => desk.change({ channel })}
          />
        )}
      </div>
      {draft.newer > 0 && <Overtaken count={draft.newer} />}
      {mail && <MailTop desk={desk} conversation={conversation} messages={thread.messages} />}
      {mute ? <p class="hint">{mute}</p> : <Writing desk={desk} mail={mail} />}
      {mail && <MailBottom desk={desk} inbox={conversation.inbox} />}
      <Bottom desk={desk} channel={channel} mail={mail} loaded={thread.phase === "ready" && !mute} />
    </section>
  );
}

function Writing({ desk, mail }: { desk: Desk; mail: boolean }) {
  const app = useApp();
  const { id, draft, field } = desk;
  const note = draft.tab === "note";
  return (
    <Words
      field={field}
      text={draft[draft.tab]}
      label={note ? "Note for your team" : "Your reply"}
      placeholder={note ? "A note for your team. The customer never sees it." : "Write your reply"}
      change={desk.write}
      send={() => void sendDraft(app, id)}
      {...(mail && { mark: desk.mark, attach: desk.attach, paste: desk.paste })}
      focused={() => {
        // A forward that has just begun moves the focus here before the screen knows of it.
        if (mail && !app.store.drafts.value.get(id)?.mail) void answer(app, id, "reply");
      }}
    />
  );
}

interface BottomProps {
  desk: Desk;
  channel: ReturnType<typeof channelOf>;
  mail: boolean;
  loaded: boolean;
}

function Bottom({ desk, channel, mail, loaded }: BottomProps) {
  const app = useApp();
  const { id, draft } = desk;
  const state = readiness(draft, channel ?? "note");
  return (
    <div class="composer-bottom">
      {mail && <FormatBar mark={desk.mark} attach={desk.attach} />}
      {channel === "sms" && <SegmentCount text={draft.reply} />}
      <SendButton
        {...state}
        ready={state.ready && loaded}
        label={sendLabel(draft)}
        sending={isSending(app, id)}
        send={() => void sendDraft(app, id)}
      />
    </div>
  );
}
