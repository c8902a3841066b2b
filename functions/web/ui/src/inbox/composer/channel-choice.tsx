// Which way the reply goes: only ways that the customer was seen on.

import type { Conversation, ReplyChannel } from "../../api/types";
import { Icon } from "../../ui/icon";
import { CHANNEL_WORDS } from "../../ui/words";
import { replyChannels } from "./draft";

interface Props {
  conversation: Conversation;
  channel: ReplyChannel;
  choose: (channel: ReplyChannel) => void;
}

export function ChannelChoice({ conversation, channel, choose }: Props) {
  return (
    <fieldset class="channels">
      <legend class="unseen">Send as</legend>
      {replyChannels(conversation).map((possible) => (
        <label key={possible}>
          <input
            type="radio"
            name="channel"
            class="unseen"
            checked={possible === channel}
            onChange={() => choose(possible)}
          />
          <span>
            <Icon name={possible} size={14} /> {CHANNEL_WORDS[possible]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
