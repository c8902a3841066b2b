// The files of an unsent mail: how far each is, and whether all of them fit. Decisions only.

export interface DraftFile {
  /** Names it on this screen. */
  key: string;
  /** What the server calls it, once it has given leave. */
  id: string;
  filename: string;
  content_type: string;
  /** Bytes. */
  size: number;
  /** From 0 to 1. */
  sent: number;
  state: "uploading" | "ready" | "failed";
  reason: string;
}

/** Bytes that the files of one mail may have together. */
export const LIMIT = 10_000_000;
const LEFT = "The page was left before the upload ended. Add the file again.";

/** The files that fit below what is there already, and those that do not. */
export function fitting<T extends { size: number }>(
  present: readonly DraftFile[],
  added: readonly T[],
): { fits: T[]; tooLarge: T[] } {
  let room = LIMIT - total(present);
  const fits: T[] = [];
  const tooLarge: T[] = [];
  for (const file of added) {
    const ok = file.size <= room;
    if (ok) room -= file.size;
    (ok ? fits : tooLarge).push(file);
  }
  return { fits, tooLarge };
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
