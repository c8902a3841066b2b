// The files of an unsent mail: how far each is, and whether all of them fit. Decisions only.

import type { Attachment } from "../../api/types";

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

/** Bytes that the files of one mail may have together, and how many they may be; the server holds to the same. */
export const LIMIT = 10 * 1024 * 1024;
export const LIMIT_WORDS = "10 MB";
export const MOST = 20;
const LEFT = "The page was left before the upload ended. Add the file again.";

/** The files that fit below what is there already, and those that do not. */
export function fitting<T extends { size: number }>(
  present: readonly DraftFile[],
  added: readonly T[],
): { fits: T[]; tooLarge: T[] } {
  let room = LIMIT - total(present);
  let places = MOST - present.length;
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

/** Why the files keep a mail from being sent; empty when they do not. */
export function whyFilesWait(files: readonly DraftFile[]): string {
  if (files.some(({ state }) => state === "failed")) return "A file did not upload. Remove it or try again.";
  return files.some(({ state }) => state === "uploading") ? "A file is still being uploaded." : "";
}

/** After a reload no upload goes on. */
export function interruptedFile(file: DraftFile): DraftFile {
  return file.state === "uploading" ? { ...file, state: "failed", reason: LEFT } : file;
}
