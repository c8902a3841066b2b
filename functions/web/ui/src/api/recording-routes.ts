// The routes of the HTTP API that recordings need.

import type { Segment } from "./recording-types";
import type { Message } from "./types";

type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function recordingRoutes(send: Send) {
  const of = (conversation: string, id: string, rest: string) =>
    `/conversations/${encodeURIComponent(conversation)}/messages/${encodeURIComponent(id)}/${rest}`;
  return {
    transcript: (conversation: string, id: string) =>
      send<{ segments: Segment[] }>("GET", of(conversation, id, "transcript")),
    retryRecording: (conversation: string, id: string) =>
      send<Message>("POST", of(conversation, id, "recording/retry")),
    /** For leads and admins. */
    deleteRecording: (conversation: string, id: string) =>
      send<void>("DELETE", of(conversation, id, "recording")),
  };
}
