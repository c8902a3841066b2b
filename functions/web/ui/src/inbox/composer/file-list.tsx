// The files of an unsent mail: each with its size, how far it is, and a way to stop or remove it.

import { useApp } from "../../app-context";
import { Icon, type IconName } from "../../ui/icon";
import { sizeOf } from "../../ui/size";
import { type DraftFile, LIMIT_WORDS, total } from "./files";
import { removeFile, retryFile } from "./uploads";

interface Props {
  draftId: string;
  files: readonly DraftFile[];
}

export function FileList({ draftId, files }: Props) {
  if (files.length === 0) return null;
  return (
    <>
      <ul class="files" aria-label="Files of this mail">
        {files.map((file) => (
          <Item key={file.key} draftId={draftId} file={file} />
        ))}
        {files.length > 1 && (
          <li class="total">
            {sizeOf(total(files))} of {LIMIT_WORDS}
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
      <Icon name={signOf(file)} size={14} />
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
