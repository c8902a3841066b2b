// Brings the files of a draft to the bucket, one after the other, and tells the draft how far each is.

import { explain } from "../../api/errors";
import type { App } from "../../app-context";
import { addToast, putDraft, type Store } from "../../store";
import { EMPTY_DRAFT } from "./draft";
import { type DraftFile, fitting } from "./files";
import { LIMITS, type Limits, whyNotThis } from "./limits";
import { sizeOf } from "../../ui/size";
import { dropPreview, keepPreview } from "./previews";

/** What is on its way, by the key of its file: enough to stop it or to try again. */
const running = new Map<string, { file: File; stop: AbortController }>();

/** Add files to a draft and begin to upload them. What would be too much is left out, and the agent is told. */
export async function addFiles(
  app: App,
  draftId: string,
  files: readonly File[],
  limits: Limits,
): Promise<void> {
  const refused = files.map((file) => [file, whyNotThis(limits, file)] as const);
  const alone = refused.map(([, why]) => why).filter(Boolean);
  const able = refused.filter(([, why]) => !why).map(([file]) => file);
  const { fits, tooLarge } = fitting(filesOf(app.store, draftId), able, limits);
  const why = [...alone, ...(tooLarge.length > 0 ? [tooMuch(tooLarge, limits)] : [])].join(" ");
  if (why) addToast(app.store, { tone: "error", text: `Not added. ${why}` });
  const added = fits.map((file) => ({ file, entry: entryOf(file) }));
  changeFiles(app.store, draftId, (all) => [...all, ...added.map(({ entry }) => entry)]);
  for (const { file, entry } of added) await upload(app, draftId, entry.key, file);
}

/** Upload pictures and put each into the words at `caret`, as the mark that the sender turns into the picture. */
export async function pasteImages(app: App, draftId: string, images: File[], caret: number): Promise<void> {
  const before = new Set(filesOf(app.store, draftId).map(({ key }) => key));
  await addFiles(app, draftId, images, LIMITS.email);
  const marks = filesOf(app.store, draftId)
    .filter(({ key, state }) => !before.has(key) && state === "ready")
    .map(markOf);
  const draft = app.store.drafts.value.get(draftId);
  if (!draft || marks.length === 0) return;
  const reply = draft.reply.slice(0, caret) + marks.join("\n") + draft.reply.slice(caret);
  putDraft(app.store, draftId, { ...draft, reply });
}

/** Upload a failed one again, if this page still has it. */
export async function retryFile(app: App, draftId: string, key: string): Promise<void> {
  const file = running.get(key)?.file;
  if (!file) return removeFile(app, draftId, key);
  patchFile(app.store, draftId, key, { state: "uploading", sent: 0, reason: "" });
  await upload(app, draftId, key, file);
}

/** Take a file out of the draft; an upload that is on its way stops. */
export function removeFile({ store }: App, draftId: string, key: string): void {
  running.get(key)?.stop.abort();
  running.delete(key);
  dropPreview(key);
  const draft = store.drafts.value.get(draftId);
  const gone = draft?.files.find((file) => file.key === key);
  if (!draft || !gone) return;
  const reply = gone.id ? draft.reply.replaceAll(markOf(gone), "") : draft.reply;
  putDraft(store, draftId, { ...draft, reply, files: draft.files.filter((file) => file !== gone) });
}

/** A picture among the words (docs/decisions/0025-sending-mail.md). */
function markOf({ filename, id }: DraftFile): string {
  return `![${filename.replaceAll(/[[\]\n]/g, " ")}](upload:${id})`;
}

async function upload(app: App, draftId: string, key: string, file: File): Promise<void> {
  const stop = new AbortController();
  running.set(key, { file, stop });
  keepPreview(key, file);
  const { name: filename, size } = file;
  try {
    const ticket = await app.api.prepareUpload({ filename, content_type: typeOf(file), size });
    const progress = (sent: number) => patchFile(app.store, draftId, key, { sent });
    if (stop.signal.aborted) return;
    await app.api.upload(ticket, file, progress, stop.signal);
    patchFile(app.store, draftId, key, { id: ticket.id, state: "ready", sent: 1 });
    running.delete(key);
  } catch (error) {
    if (!stop.signal.aborted) patchFile(app.store, draftId, key, { state: "failed", reason: explain(error) });
  }
}

function entryOf(file: File): DraftFile {
  return {
    key: crypto.randomUUID(),
    id: "",
    filename: file.name,
    content_type: typeOf(file),
    size: file.size,
    from: "",
    sent: 0,
    state: "uploading",
    reason: "",
  };
}

function typeOf(file: File): string {
  return file.type || "application/octet-stream";
}

function tooMuch(files: readonly File[], limits: Limits): string {
  const names = files.map(({ name, size }) => `${name} (${sizeOf(size)})`).join(", ");
  return `${names}: ${limits.what.toLowerCase()} takes ${limits.words}.`;
}

function filesOf(store: Store, draftId: string): readonly DraftFile[] {
  return store.drafts.value.get(draftId)?.files ?? [];
}

function patchFile(store: Store, draftId: string, key: string, patch: Partial<DraftFile>): void {
  changeFiles(store, draftId, (all) => all.map((file) => (file.key === key ? { ...file, ...patch } : file)));
}

function changeFiles(store: Store, draftId: string, change: (files: DraftFile[]) => DraftFile[]): void {
  const draft = store.drafts.value.get(draftId) ?? EMPTY_DRAFT;
  putDraft(store, draftId, { ...draft, files: change(draft.files) });
}
