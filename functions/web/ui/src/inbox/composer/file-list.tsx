// The files of an unsent message: each with its size, how far it is, and a way to stop or remove it.

import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../app-context";
import { Icon, type IconName } from "../../ui/icon";
import { sizeOf } from "../../ui/size";
import { type DraftFile, total } from "./files";
import type { Limits } from "./limits";
import { canPreview, drawPreview } from "./previews";
import { removeFile, retryFile } from "./uploads";

interface Props {
  draftId: string;
  files: readonly DraftFile[];
  limits: Limits;
}

export function FileList({ draftId, files, limits }: Props) {
  if (files.length === 0) return null;
  return (
    <>
      <ul class="files" aria-label="Files to send">
        {files.map((file) => (
          <Item key={file.key} draftId={draftId} file={file} />
        ))}
        {files.length > 1 && (
          <li class="total">
            {sizeOf(total(files))} in {files.length} files. {limits.what} takes {limits.words}.
          </li>
        )}
      </ul>
      <p class="unseen" role="status">
        {progressWords(files)}
      </p>
    </>
  );
}

function Item({ draftId, file }: { draftId: string; file: DraftFile }) {
  const app = useApp();
  const { key, filename, state, size, sent, reason } = file;
  return (
    <li class={state}>
      {canPreview(key) ? <Preview id={key} /> : <Icon name={signOf(file)} size={14} />}
      <span>{filename}</span>
      <small>{state === "failed" ? `Not uploaded. ${reason}` : sizeOf(size)}</small>
      {state === "uploading" && <progress value={sent} max={1} aria-label={`Upload of ${filename}`} />}
      {state === "failed" && (
        <button type="button" class="link" onClick={() => void retryFile(app, draftId, key)}>
          Try again
        </button>
      )}
      <button
        type="button"
        class="plain"
        aria-label={state === "uploading" ? `Cancel ${filename}` : `Remove ${filename}`}
        onClick={() => void removeFile(app, draftId, key)}
      >
        <Icon name="close" size={13} />
      </button>
    </li>
  );
}

/** The name stands beside it, so that it says nothing more to who cannot see it. */
function Preview({ id }: { id: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) void drawPreview(id, canvas.current);
  }, [id]);
  return <canvas ref={canvas} class="preview" width={1} height={1} aria-hidden="true" />;
}

function signOf({ state, from }: DraftFile): IconName {
  if (state === "failed") return "warning";
  return from ? "forward" : "clip";
}

/** Said aloud when it changes: not each step, only the beginning and the end. */
function progressWords(files: readonly DraftFile[]): string {
  const uploading = files.filter(({ state }) => state === "uploading").length;
  if (uploading > 0) return uploading === 1 ? "Uploading a file" : `Uploading ${uploading} files`;
  return files.some(({ state }) => state === "failed") ? "A file did not upload" : "All files are ready";
}
