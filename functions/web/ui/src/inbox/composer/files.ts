// The files of an unsent message: how far each is, and whether all of them fit. Decisions only.

import type { Attachment } from "../../api/types";
import { type Limits, whyNotThis } from "./limits";

export interface DraftFile {
  /** Names it on this screen. */
  key: string;
  /** What the server calls it, once it has given leave. */
  id: string;
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
  /** The message that is forwarded, where the file comes from it; empty for an upload. */
  from: string;
  /** From 0 to 1. */
  sent: number;
  state: "uploading" | "ready" | "failed";
  reason: string;
}

const LEFT = "The page was left before the upload ended. Add the file again.";

/** The files that fit below what is there already, and those that do not. */
export function fitting<T extends { size: number }>(
  present: readonly DraftFile[],
  added: readonly T[],
  limits: Pick<Limits, "count" | "total">,
): { fits: T[]; tooLarge: T[] } {
  let room = limits.total - total(present);
  let places = limits.count - present.length;
  const fits: T[] = [];
  const tooLarge: T[] = [];
  for (const file of added) {
    const ok = file.size <= room && places > 0;
    if (ok) room -= file.size;
    if (ok) places -= 1;
    (ok ? fits : tooLarge).push(file);
  }
  return { fits, tooLarge };
}

/** The files of a draft that now forwards `from`, or nothing: what another message brought along stays behind. */
export function withCarried(
  files: readonly DraftFile[],
  from: string,
  attachments: readonly Attachment[],
): DraftFile[] {
  const carried = attachments.map(({ id, filename, content_type, size }) => ({
    ...{ key: `${from} ${id}`, id, filename, content_type, size, from },
    ...{ sent: 1, state: "ready" as const, reason: "" },
  }));
  return [...carried, ...files.filter((file) => file.from === "")];
}

export function total(files: readonly { size: number }[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** What the server calls those that have arrived. */
export function idsOf(files: readonly DraftFile[]): string[] {
  return files.flatMap(({ id, state }) => (state === "ready" ? id : []));
}

/** Why the files keep a message from being sent; empty when they do not. */
export function whyFilesWait(files: readonly DraftFile[], limits: Limits): string {
  if (files.some(({ state }) => state === "failed")) return "A file did not upload. Remove it or try again.";
  if (files.some(({ state }) => state === "uploading")) return "A file is still being uploaded.";
  return whyTooMuch(files, limits);
}

/** They may have been added for another channel. */
function whyTooMuch(files: readonly DraftFile[], limits: Limits): string {
  const sized = files.map(({ filename: name, content_type: type, size }) => ({ name, type, size }));
  const alone = sized.map((file) => whyNotThis(limits, file)).find(Boolean);
  if (alone) return alone;
  const fits = files.length <= limits.count && total(files) <= limits.total;
  return fits ? "" : `${limits.what} takes ${limits.words}. Remove some, or send them one by one.`;
}

/** After a reload no upload goes on. */
export function interruptedFile(file: DraftFile): DraftFile {
  return file.state === "uploading" ? { ...file, state: "failed", reason: LEFT } : file;
}
