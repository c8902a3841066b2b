// Which way the reply goes: only ways that the customer can be reached on.

import type { ReplyChannel } from "../../api/types";
import { Icon } from "../../ui/icon";
import { CHANNEL_WORDS } from "../../ui/words";

interface Props {
  possible: readonly ReplyChannel[];
  channel: ReplyChannel;
  choose: (channel: ReplyChannel) => void;
}

export function ChannelChoice({ possible, channel: chosen, choose }: Props) {
  return (
    <fieldset class="channels">
      <legend class="unseen">Send as</legend>
      {possible.map((channel) => (
        <label key={channel}>
          <input
            type="radio"
            name="channel"
            class="unseen"
            checked={channel === chosen}
            onChange={() => choose(channel)}
          />
          <span>
            <Icon name={channel} size={14} /> {CHANNEL_WORDS[channel]}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
