// The ring of an incoming call: two soft tones, made by the browser, so that nothing is fetched and the agent can tame it.

import type { RingSetting } from "./ring-setting";

/** A major third, and how it repeats. */
const TONES_HZ = [523.25, 659.25];
const TONE_S = 0.38;
const EVERY_MS = 2_600;

export interface Bell {
  /** Ring until told otherwise; a bell that rings already takes the new setting. */
  ring(setting: RingSetting): void;
  /** One ring, to try it. */
  once(setting: RingSetting): void;
  rest(): void;
}

type Context = Pick<
  AudioContext,
  "currentTime" | "state" | "resume" | "destination" | "createGain" | "createOscillator"
> & {
  /** Absent where the browser does not let a page choose. */
  setSinkId?: (id: string) => Promise<void>;
};

/** `open` makes the audio context when it first rings: before a click of the agent's browsers keep it silent. */
export function createBell(open: () => Context): Bell {
  let context: Context | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let setting: RingSetting | null = null;

  function play({ volume, output }: RingSetting): void {
    context ??= open();
    if (context.state === "suspended") void context.resume();
    if (output) void context.setSinkId?.(output).catch(() => undefined);
    TONES_HZ.forEach((hz, index) => context && tone(context, { hz, volume, after: index * TONE_S * 0.8 }));
  }

  return {
    ring(next) {
      setting = next;
      if (timer !== undefined) return;
      play(next);
      timer = setInterval(() => setting && play(setting), EVERY_MS);
    },
    once: play,
    rest() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}

/** It swells and fades, so that it does not click. */
function tone(context: Context, { hz, volume, after }: { hz: number; volume: number; after: number }): void {
  const from = context.currentTime + after;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(volume * 0.4, from + 0.04);
  gain.gain.linearRampToValueAtTime(0, from + TONE_S);
  const source = context.createOscillator();
  source.frequency.value = hz;
  source.connect(gain);
  gain.connect(context.destination as AudioNode);
  source.start(from);
  source.stop(from + TONE_S);
}
