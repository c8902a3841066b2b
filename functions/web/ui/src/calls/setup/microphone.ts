// Checks that the browser may use a microphone, and which loudspeakers there are.

export interface Check {
  ok: boolean;
  /** What was found, or what is wrong and what to do, in one or two plain sentences. */
  words: string;
}

/** https://developer.mozilla.org/en-US/docs/Web/API/MediaDevices/getUserMedia#exceptions */
const REFUSALS: Record<string, string> = {
  NotAllowedError: "The browser may not use your microphone. Allow it beside the address of this page.",
  NotFoundError: "No microphone was found. Plug one in and check again.",
  NotReadableError: "Another program uses the microphone. Close it there and check again.",
  OverconstrainedError: "The chosen microphone is gone. Plug it in, or choose another.",
  SecurityError: "This page may not ask for a microphone. Ask whoever runs Heartline.",
};

type Media = Pick<MediaDevices, "getUserMedia" | "enumerateDevices">;

/** Open the microphone for a moment. The browser asks for leave if it has not yet. */
export async function checkMicrophone(media: Media | undefined): Promise<Check> {
  if (!media) return { ok: false, words: "This browser has no microphone for this page. It needs https." };
  try {
    const stream = await media.getUserMedia({ audio: true });
    const tracks = stream.getAudioTracks();
    const words = `Your microphone works${tracks[0]?.label ? `: ${tracks[0].label}` : ""}.`;
    for (const track of tracks) track.stop();
    return { ok: true, words };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    return { ok: false, words: REFUSALS[name] ?? "The microphone could not be opened." };
  }
}

/** Loudspeakers by name; browsers name them once the microphone is allowed. */
export async function loudspeakers(media: Media | undefined): Promise<{ id: string; name: string }[]> {
  const all = (await media?.enumerateDevices().catch(() => [])) ?? [];
  return all
    .filter(({ kind, deviceId, label }) => kind === "audiooutput" && deviceId && label)
    .map(({ deviceId: id, label: name }) => ({ id, name }));
}
