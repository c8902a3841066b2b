// Recordings of the fake API: what a message says of one, and the routes that only they have.

import type { Recording, Segment, Transcript } from "../../src/api/recording-types";
import type { Message } from "../../src/api/types";
import { type Answer, missing } from "./answers";
import type { FakeApi } from "./api";

export function transcript(patch: Partial<Transcript> = {}): Transcript {
  return { state: "off", reason: "", language: "", segments: [], ...patch };
}

export function recording(patch: Partial<Recording> = {}): Recording {
  return {
    kind: "voicemail",
    seconds: 65,
    peaks: Array.from({ length: 120 }, (_, at) => Math.round(50 + 45 * Math.sin(at / 4) * Math.cos(at / 17))),
    copied: true,
    problem: "",
    removed: "",
    keep_until: null,
    consent: null,
    gaps: [],
    transcript: transcript(),
    ...patch,
  };
}

export function said(...texts: string[]): Segment[] {
  return texts.map((text, at) => ({ start: at * 10, end: at * 10 + 8, speaker: "", text }));
}

/** `…/messages/<id>/transcript`, `…/recording`, `…/recording/retry`. */
export function recorded(api: FakeApi, method: string, [id, what]: string[]): Answer {
  const message = api.messages.find((message) => message.id === id);
  if (!message?.recording) return missing();
  if (what === "transcript")
    return { status: 200, body: { segments: said(...Array.from({ length: 30 }, (_, at) => `Line ${at}`)) } };
  if (method === "DELETE") {
    change(api, message, { removed: `${api.me.name} deleted this recording.`, transcript: transcript() });
    return { status: 204 };
  }
  change(api, message, { problem: "", transcript: transcript({ state: "pending" }) });
  return { status: 202, body: message };
}

function change(api: FakeApi, message: Message, patch: Partial<Recording>): void {
  message.recording = { ...(message.recording as Recording), ...patch };
  if (patch.removed) message.attachments = [];
  api.changes.push({ kind: "message", conversation: message.conversation, agent: null });
}
