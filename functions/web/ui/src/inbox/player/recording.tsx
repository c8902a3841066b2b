// A recording in the timeline, whatever has become of it: on its way, there, failed, or deleted.

import type { Message } from "../../api/types";
import { Icon } from "../../ui/icon";
import { Player, TITLES } from "./player";
import { clock } from "./places";
import { Retry } from "./retry";
import "./player.css";

export function RecordingCard({ message }: { message: Message }) {
  const { recording, attachments } = message;
  if (!recording) return null;
  const [sound] = attachments;
  return (
    <div class="recording">
      <h4>
        <Icon name={recording.kind === "talk" ? "record" : "voice"} size={14} /> {TITLES[recording.kind]},{" "}
        {clock(recording.seconds)}
      </h4>
      {recording.removed && <p class="transcript-state">{recording.removed}</p>}
      {recording.problem && (
        <p class="transcript-state bad">
          It could not be copied: {recording.problem} <Retry message={message} />
        </p>
      )}
      {!recording.removed && !recording.problem && !sound && (
        <p class="transcript-state" role="status">
          Being copied. It can be played in a moment.
        </p>
      )}
      {sound && <Player message={message} recording={recording} sound={sound} />}
    </div>
  );
}
