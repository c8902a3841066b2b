// The words of a recording below it: the one that is heard is marked, each leads to its place, what failed can be tried again.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { explain } from "../../api/errors";
import type { Recording, Segment } from "../../api/recording-types";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { addToast } from "../../store";
import { shownIn } from "../merge/shown";
import type { Playback } from "./playback";
import { clock, segmentAt } from "./places";
import { Retry } from "./retry";

/** So many segments are shown without being asked for. */
const FEW = 12;

interface Props {
  message: Message;
  recording: Recording;
  playback: Playback;
}

export function TranscriptPart(props: Props) {
  const { state, reason } = props.recording.transcript;
  if (state === "off") return null;
  if (state === "pending")
    return (
      <p class="transcript-state" role="status">
        Transcribing…
      </p>
    );
  if (state === "failed")
    return (
      <p class="transcript-state bad">
        There is no transcript: {reason} <Retry message={props.message} />
      </p>
    );
  return <Ready {...props} />;
}

function Ready({ message, recording, playback }: Props) {
  const app = useApp();
  const known = recording.transcript.segments;
  const segments = useSignal<Segment[] | null>(known);
  const open = useSignal(known !== null && known.length <= FEW);
  useEffect(() => {
    if (known !== null) segments.value = known;
  }, [known]);
  const show = async () => {
    open.value = !open.value;
    if (!open.value || segments.value !== null) return;
    try {
      segments.value = (await app.api.transcript(shownIn(app.store, message), message.id)).segments;
    } catch (error) {
      open.value = false;
      addToast(app.store, { tone: "error", text: `The transcript did not load. ${explain(error)}` });
    }
  };
  if (known?.length === 0) return <p class="transcript-state">No words were recognised.</p>;
  return (
    <div class="transcript">
      <button type="button" class="link" aria-expanded={open.value} onClick={() => void show()}>
        {open.value ? "Hide transcript" : "Show transcript"}
      </button>
      {open.value && segments.value && <Lines segments={segments.value} playback={playback} />}
      {open.value && !segments.value && <p class="transcript-state">Loading the transcript…</p>}
    </div>
  );
}

interface LinesProps {
  segments: Segment[];
  playback: Playback;
}

function Lines({ segments, playback: { place, playing, seek } }: LinesProps) {
  const list = useRef<HTMLOListElement>(null);
  const current = place.value > 0 || playing.value ? segmentAt(segments, place.value) : -1;
  useEffect(() => {
    if (playing.value) intoView(list.current, current);
  }, [current]);
  return (
    // a region that scrolls must be reachable by keyboard; its buttons are
    <ol class="transcript-lines" ref={list} aria-label="Transcript">
      {segments.map(({ start, text, speaker }, at) => (
        <li key={start + text} aria-current={at === current ? "true" : undefined}>
          <button type="button" title={`Play from ${clock(start)}`} onClick={() => seek(start, true)}>
            <time>{clock(start)}</time>
            <span>
              {speaker && speakerChanges(segments, at) && <b>{speaker}: </b>}
              {text}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function speakerChanges(segments: Segment[], at: number): boolean {
  return at === 0 || segments[at - 1]?.speaker !== segments[at]?.speaker;
}

/** Scroll the list alone: the timeline stays where the agent reads. */
function intoView(list: HTMLElement | null, at: number): void {
  const line = list?.children[at];
  if (!list || !(line instanceof HTMLElement)) return;
  const top = line.offsetTop - list.offsetTop;
  const hidden = top < list.scrollTop || top + line.offsetHeight > list.scrollTop + list.clientHeight;
  if (hidden) list.scrollTop = top - list.clientHeight / 3;
}
