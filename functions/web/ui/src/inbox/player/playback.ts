// One recording's playing: the place, the speed, and a link that is renewed where it has run out, without losing the place.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Message } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { freshLink, isStale } from "../thread/links";
import { keepPlace, keepSpeed, keptPlace, keptSpeed, onlyThis } from "./kept";
import { nextSpeed, within } from "./places";

export interface Playback {
  element: { current: HTMLAudioElement | null };
  source: Signal<string>;
  place: Signal<number>;
  length: Signal<number>;
  playing: Signal<boolean>;
  speed: Signal<number>;
  problem: Signal<string>;
  toggle: () => void;
  /** Go to a place, and play from there if `play` says so. */
  seek: (place: number, play?: boolean) => void;
  faster: () => void;
  /** What the element reports. */
  on: {
    onPlay: () => void;
    onPause: () => void;
    onTimeUpdate: () => void;
    onDurationChange: () => void;
    onError: () => void;
  };
}

const UNPLAYABLE = "This recording cannot be played here. Download it instead.";

export function usePlayback(message: Message, seconds: number): Playback {
  const app = useApp();
  const attachment = message.attachments[0];
  const element = useRef<HTMLAudioElement | null>(null);
  const state = {
    element,
    // a refresh of the timeline brings new links: the one that plays stays until it fails
    source: useSignal(attachment?.url ?? ""),
    place: useSignal(keptPlace(message.id)),
    length: useSignal(seconds),
    playing: useSignal(false),
    speed: useSignal(keptSpeed()),
    problem: useSignal(""),
  };
  useEffect(() => () => element.current?.pause(), []);
  const controls = controlsOf(state, message.id, () => renewed(app, message, attachment?.id ?? ""));
  return { ...state, ...controls };
}

type State = Pick<Playback, "element" | "source" | "place" | "length" | "playing" | "speed" | "problem">;

function controlsOf(state: State, id: string, renew: () => Promise<string | null>) {
  const { element, place, length, playing, speed, problem } = state;
  const play = () => start(state, renew);
  const seek = (to: number, andPlay = false) => {
    place.value = within(to, length.value);
    keepPlace(id, place.value);
    if (element.current) element.current.currentTime = place.value;
    if (andPlay && !playing.value) void play();
  };
  return {
    toggle: () => (playing.value ? element.current?.pause() : void play()),
    seek,
    faster: () => {
      speed.value = nextSpeed(speed.value);
      keepSpeed(speed.value);
      if (element.current) element.current.playbackRate = speed.value;
    },
    on: {
      onPlay: () => {
        playing.value = true;
        problem.value = "";
        if (element.current) onlyThis(element.current);
      },
      onPause: () => {
        playing.value = false;
      },
      onTimeUpdate: () => {
        if (!element.current || element.current.seeking) return;
        place.value = element.current.ended ? 0 : element.current.currentTime;
        keepPlace(id, place.value);
      },
      onDurationChange: () => {
        const known = element.current?.duration ?? Number.NaN;
        if (Number.isFinite(known) && known > 0) length.value = known;
      },
      onError: () => void recovered(state, renew),
    },
  };
}

/** Play from the place where it was left; a link that has run out is renewed first. */
async function start(state: State, renew: () => Promise<string | null>): Promise<void> {
  if (isStale(state.source.value, Date.now())) await takeUp(state, await renew());
  const player = state.element.current;
  if (!player) return;
  player.playbackRate = state.speed.value;
  if (Math.abs(player.currentTime - state.place.value) > 0.5) player.currentTime = state.place.value;
  await player.play().catch(() => undefined); // what is wrong is reported as an error of the element
}

/** A link may run out in the middle of a long talk: go on from there with a fresh one, once. */
async function recovered(state: State, renew: () => Promise<string | null>): Promise<void> {
  const wasPlaying = state.playing.value;
  const fresh = isStale(state.source.value, Date.now()) ? await renew() : null;
  if (fresh === null) {
    state.playing.value = false;
    state.problem.value = UNPLAYABLE;
    return;
  }
  await takeUp(state, fresh);
  if (wasPlaying) await start(state, renew);
}

async function takeUp({ element, source, place }: State, fresh: string | null): Promise<void> {
  if (fresh === null || !element.current) return;
  source.value = fresh;
  element.current.src = fresh;
  element.current.currentTime = place.value;
}

function renewed(app: App, message: Message, attachment: string): Promise<string | null> {
  return freshLink(app, message, attachment).catch(() => null);
}
