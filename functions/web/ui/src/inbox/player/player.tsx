// A recording that can be heard: play, skip, speed, the waveform with its times, the transcript, download.

import type { Recording } from "../../api/recording-types";
import type { Attachment, Message } from "../../api/types";
import { Icon } from "../../ui/icon";
import { Download } from "../thread/attachments";
import { Deletion } from "./deletion";
import { Facts } from "./facts";
import { type Playback, usePlayback } from "./playback";
import { clock, SKIP } from "./places";
import { TranscriptPart } from "./transcript";
import { Waveform } from "./waveform";

interface Props {
  message: Message;
  recording: Recording;
  sound: Attachment;
}

export function Player({ message, recording, sound }: Props) {
  const playback = usePlayback(message, recording.seconds);
  const { element, source, place, length, problem, on } = playback;
  return (
    <>
      <audio ref={element} src={source.value} preload="none" {...on} />
      <div class="player" role="group" aria-label={TITLES[recording.kind]}>
        <Controls playback={playback} />
        <Waveform playback={playback} peaks={recording.peaks} />
        <p class="player-times">
          <span>{clock(place.value)}</span>
          <span>{clock(length.value)}</span>
        </p>
      </div>
      {problem.value && (
        <p class="transcript-state bad" role="alert">
          {problem.value}
        </p>
      )}
      <TranscriptPart message={message} recording={recording} playback={playback} />
      <Facts recording={recording} />
      <p class="player-ways">
        <Download message={message} attachment={sound} />
        <Deletion message={message} />
      </p>
    </>
  );
}

export const TITLES = { talk: "Recording of the call", voicemail: "Voicemail" };

function Controls({ playback }: { playback: Playback }) {
  const { playing, speed, place, toggle, seek, faster } = playback;
  const skip = (by: number) => () => seek(place.value + by);
  return (
    <div class="player-controls">
      <button type="button" class="play" onClick={toggle} aria-label={playing.value ? "Pause" : "Play"}>
        <Icon name={playing.value ? "pause" : "play"} size={18} />
      </button>
      <button type="button" class="plain" onClick={skip(-SKIP)} aria-label={`Back ${SKIP} seconds`}>
        −{SKIP}
      </button>
      <button type="button" class="plain" onClick={skip(SKIP)} aria-label={`Forward ${SKIP} seconds`}>
        +{SKIP}
      </button>
      <button type="button" class="plain" onClick={faster} aria-label={`Speed ${speed.value}, change`}>
        {speed.value}×
      </button>
    </div>
  );
}
