// A first text or WhatsApp message to a number, from one of the agent's inboxes; once it is sent its conversation opens.

import { useEffect } from "preact/hooks";
import type { Inbox, ReplyChannel } from "../../api/types";
import { useApp } from "../../app-context";
import { ChannelChoice } from "../composer/channel-choice";
import type { FirstText } from "../composer/draft";
import { NEW_TEXT } from "../composer/outgoing-new";
import { type Desk, useDesk } from "../composer/use-desk";
import { BackLink } from "../thread/header";
import { FirstFields } from "./first-fields";
import { FirstWords } from "./first-words";
import "../composer/composer.css";
import "../composer/fields.css";
import "../composer/mail.css";
import "../thread/thread.css";
import "./texting.css";

const ABLE: readonly ReplyChannel[] = ["sms", "whatsapp"];

export default function NewText() {
  const { store } = useApp();
  const draft = store.drafts.value.get(NEW_TEXT);
  const desk = useDesk(NEW_TEXT, draft?.channel === "whatsapp" ? "whatsapp" : "sms");
  const inboxes = (store.me.value?.inboxes ?? []).filter(({ channels }) =>
    ABLE.some((able) => channels.includes(able)),
  );
  const [first] = inboxes;
  useEffect(() => {
    if (!desk.draft.first && first) desk.change({ first: { inbox: first.id, number: "" } });
  }, [first]);
  return (
    <section class="thread" aria-label="New text">
      <header class="thread-header">
        <BackLink />
        <h2 class="title">New text</h2>
      </header>
      {desk.draft.first ? (
        <Sheet desk={desk} first={desk.draft.first} inboxes={inboxes} />
      ) : (
        <p class="hint">You belong to no inbox that could send texts. An admin can add you to one.</p>
      )}
    </section>
  );
}

interface Props {
  desk: Desk;
  first: FirstText;
  inboxes: readonly Inbox[];
}

function Sheet({ desk, first, inboxes }: Props) {
  const inbox = inboxes.find(({ id }) => id === first.inbox);
  const possible = ABLE.filter((channel) => inbox?.channels.includes(channel));
  const channel = possible.find((each) => each === desk.draft.channel) ?? possible[0] ?? "sms";
  useEffect(() => {
    if (desk.draft.channel !== channel) desk.change({ channel });
  }, [channel]);
  return (
    <div class="composer letter">
      {possible.length > 1 && (
        <div class="composer-top">
          <ChannelChoice
            possible={possible}
            channel={channel}
            choose={(channel) => desk.change({ channel, asked: false })}
          />
        </div>
      )}
      <FirstFields desk={desk} first={first} inboxes={inboxes} channel={channel} />
      <FirstWords desk={desk} first={first} channel={channel} />
    </div>
  );
}
