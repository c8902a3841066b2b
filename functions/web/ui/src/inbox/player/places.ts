// Places in a sound: how they are written and said, and where a key or a pointer leads; pure.

import type { Segment } from "../../api/recording-types";

export const SPEEDS = [1, 1.25, 1.5, 2] as const;
export const SKIP = 10;
const STEP = 5;
const LEAP = 30;

/** "0:07", "12:05", "1:02:09". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

/** "7 seconds", "12 minutes 5 seconds": what a screen reader says. */
export function spoken(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [
    named(Math.floor(whole / 3600), "hour"),
    named(Math.floor(whole / 60) % 60, "minute"),
    named(whole % 60, "second"),
  ].filter(Boolean);
  return parts.join(" ") || "0 seconds";
}

function named(count: number, unit: string): string {
  return count ? `${count} ${unit}${count === 1 ? "" : "s"}` : "";
}

export function within(place: number, length: number): number {
  return Math.min(Math.max(place, 0), Math.max(length, 0));
}

/** Where a key of a slider leads, or null for a key that is not the slider's. */
export function placeByKey(key: string, place: number, length: number): number | null {
  const leads: Record<string, number> = {
    ArrowRight: place + STEP,
    ArrowUp: place + STEP,
    ArrowLeft: place - STEP,
    ArrowDown: place - STEP,
    PageUp: place + LEAP,
    PageDown: place - LEAP,
    Home: 0,
    End: length,
  };
  const to = leads[key];
  return to === undefined ? null : within(to, length);
}

export function nextSpeed(speed: number): number {
  const at = SPEEDS.findIndex((each) => each === speed);
  return SPEEDS[(at + 1) % SPEEDS.length] ?? 1;
}

/** The segment that is heard at a place, or the last one before it; -1 before the first. */
export function segmentAt(segments: readonly Segment[], place: number): number {
  return segments.findLastIndex(({ start }) => start <= place + 0.05);
}

/** The seconds that were not recorded, of the gaps whose end is known. */
export function left(gaps: readonly { since: string; until: string | null }[]): number {
  const lengths = gaps.map(({ since, until }) => (until ? Date.parse(until) - Date.parse(since) : 0));
  return Math.round(lengths.reduce((sum, length) => sum + Math.max(length, 0), 0) / 1000);
}

/** Bars as one path in a box as wide as there are bars and 100 high; silence is a thin line. */
export function barsOf(peaks: readonly number[]): string {
  const bars = peaks.length ? peaks : [0];
  return bars.map((peak, at) => `M${at + 0.5} ${50 - half(peak)}V${50 + half(peak)}`).join("");
}

function half(peak: number): number {
  return Math.max(2, Math.min(peak, 100) / 2);
}
