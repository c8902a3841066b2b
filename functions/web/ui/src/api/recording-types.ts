// What the HTTP API says of recordings. Times are ISO 8601 in UTC, places in a sound are seconds.

export interface Segment {
  start: number;
  end: number;
  /** Empty where speakers are not told apart. */
  speaker: string;
  text: string;
}

export interface Transcript {
  state: "off" | "pending" | "ready" | "failed";
  /** Why it failed. */
  reason: string;
  language: string;
  /** Null where it is long: then its own route has it. */
  segments: Segment[] | null;
}

export interface Recording {
  kind: "talk" | "voicemail";
  seconds: number;
  /** Loudness from beginning to end, 0 to 100; empty where it is not known. */
  peaks: number[];
  /** Whether the sound is among the message's attachments yet. */
  copied: boolean;
  /** Why it could not be copied. */
  problem: string;
  /** Why it is gone, or empty. */
  removed: string;
  keep_until: string | null;
  consent: { words: string; language: string; at: string } | null;
  /** What was not recorded. */
  gaps: { since: string; until: string | null }[];
  transcript: Transcript;
}
