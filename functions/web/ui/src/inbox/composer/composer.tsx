// Where the agent writes: a reply on the chosen channel, or a yellow note that the customer never sees.

import type { Conversation, ReplyChannel } from "../../api/types";
import { useApp } from "../../app-context";
import { stampOf, useOutlook } from "../texting/asking";
import { type Standing, sendsOf, standingOf } from "../texting/standing";
import { TextBottom, TextTop } from "../texting/text-part";
import { WhatsAppPart } from "../texting/whatsapp-part";
import type { Thread } from "../thread/timeline";
import { answer } from "./answer";
import { ChannelChoice } from "./channel-choice";
import { ComposerBottom } from "./composer-bottom";
import { channelOf, EMPTY_DRAFT, replyChannels, whyMute } from "./draft";
import { MailBottom, MailTop } from "./mail-part";
import { ModeButtons } from "./mode-buttons";
import { sendDraft } from "./send";
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
  const { store } = useApp();
  const draft = store.drafts.value.get(conversation.id) ?? EMPTY_DRAFT;
  const note = draft.tab === "note";
  const sends = sendsOf(store, conversation.inbox);
  const channel = note ? null : channelOf(draft, conversation, thread.messages, sends);
  const desk = useDesk(conversation.id, channel ?? "email");
  const mute = note || thread.phase !== "ready" ? "" : whyMute(conversation, channel);
  const standing = standingOf(store, conversation, draft.number);
  const [on, stamp] = [channel === "sms" && !mute && thread.phase === "ready", stampOf(thread.messages)];
  useOutlook({ conversation: conversation.id, number: draft.number, on, stamp });
  const part = { desk, conversation, thread, standing };
  return (
    <section class={note ? "composer note" : "composer"} aria-label={note ? "Note" : "Reply"}>
      <div class="composer-top">
        <Tabs tab={draft.tab} choose={(tab) => desk.change({ tab }, "focus")} />
        {channel === "email" && !mute && <ModeButtons id={desk.id} mode={draft.mail?.mode ?? "reply"} />}
        {channel && (
          <ChannelChoice
            possible={replyChannels(conversation, sends)}
            channel={channel}
            choose={(channel) => desk.change({ channel })}
          />
        )}
      </div>
      {draft.newer > 0 && <Overtaken count={draft.newer} />}
      {mute ? <p class="hint">{mute}</p> : <Part {...part} channel={channel} />}
      <ComposerBottom
        desk={desk}
        channel={channel}
        standing={standing}
        loaded={thread.phase === "ready" && !mute}
      />
    </section>
  );
}

interface PartProps extends Props {
  desk: Desk;
  standing: Standing;
  channel: ReplyChannel | null;
}

/** What a channel has above, in the place of and below the words. */
function Part({ desk, conversation, thread, standing, channel }: PartProps) {
  const writing = <Writing desk={desk} channel={channel} standing={standing} />;
  if (channel === "email")
    return (
      <>
        <MailTop desk={desk} conversation={conversation} messages={thread.messages} />
        {writing}
        <MailBottom desk={desk} inbox={conversation.inbox} />
      </>
    );
  if (channel === "whatsapp")
    return (
      <WhatsAppPart desk={desk} conversation={conversation} standing={standing}>
        {writing}
      </WhatsAppPart>
    );
  if (channel !== "sms") return writing;
  return (
    <>
      <TextTop desk={desk} conversation={conversation} standing={standing} />
      {writing}
      <TextBottom desk={desk} notice={standing.texting?.notice ?? ""} />
    </>
  );
}

function Writing({ desk, channel, standing }: Pick<PartProps, "desk" | "channel" | "standing">) {
  const app = useApp();
  const { id, draft, field, attach, paste, mark } = desk;
  const note = draft.tab === "note";
  const mail = channel === "email";
  const barred = channel === "sms" && standing.texting?.can_text === false;
  const invitation = note ? "A note for your team. The customer never sees it." : "Write your reply";
  return (
    <Words
      field={field}
      text={draft[draft.tab]}
      label={note ? "Note for your team" : "Your reply"}
      placeholder={barred ? "No text can go to this customer" : invitation}
      barred={barred}
      change={desk.write}
      send={() => void sendDraft(app, id)}
      {...(channel && !barred && { attach, paste })}
      {...(mail && { mark })}
      focused={() => {
        // A forward that has just begun moves the focus here before the screen knows of it.
        if (mail && !app.store.drafts.value.get(id)?.mail) void answer(app, id, "reply");
      }}
    />
  );
}
