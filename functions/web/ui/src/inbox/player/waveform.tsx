// The waveform: shows how far a recording is, and is a slider for keyboard and pointer.

import type { Playback } from "./playback";
import { barsOf, placeByKey, spoken } from "./places";

export function Waveform({ playback, peaks }: { playback: Playback; peaks: readonly number[] }) {
  const { place, length, seek, toggle } = playback;
  const done = length.value > 0 ? (place.value / length.value) * 100 : 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = placeByKey(event.key, place.value, length.value);
    if (to === null && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (to === null) toggle();
    else seek(to);
  };
  const onPointer = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    if (event.type === "pointerdown") bar.setPointerCapture(event.pointerId);
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const { left, width } = bar.getBoundingClientRect();
    seek(((event.clientX - left) / Math.max(width, 1)) * length.value);
  };
  return (
    <div
      class="waveform"
      role="slider"
      tabIndex={0}
      aria-label="Position in the recording"
      aria-valuemin={0}
      aria-valuemax={Math.round(length.value)}
      aria-valuenow={Math.round(place.value)}
      aria-valuetext={`${spoken(place.value)} of ${spoken(length.value)}`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <Bars peaks={peaks} />
      <div class="played" style={{ clipPath: `inset(0 ${100 - done}% 0 0)` }}>
        <Bars peaks={peaks} />
      </div>
    </div>
  );
}

function Bars({ peaks }: { peaks: readonly number[] }) {
  return (
    <svg
      viewBox={`0 0 ${Math.max(peaks.length, 1)} 100`}
      preserveAspectRatio="none"
      class={peaks.length ? "" : "flat"}
      aria-hidden="true"
      focusable="false"
    >
      {peaks.length ? <path d={barsOf(peaks)} /> : <path d="M0 50H1" />}
    </svg>
  );
}
