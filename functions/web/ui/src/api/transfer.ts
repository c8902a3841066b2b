// Brings a file straight to the bucket, past the API, and says how far it is. `fetch` cannot tell that.

import { ApiError, Unreachable } from "./errors";
import type { UploadTicket } from "./mail-types";

/** Rejects with ApiError, Unreachable or, after `signal`, AbortError. `progress` counts from 0 to 1. */
export type Transfer = (
  ticket: UploadTicket,
  file: Blob,
  progress: (share: number) => void,
  signal: AbortSignal,
) => Promise<void>;

export const putFile: Transfer = (ticket, file, progress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(ticket.method, ticket.url);
    for (const [name, value] of Object.entries(ticket.headers ?? {})) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(refused(request.status)));
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException("The upload was cancelled.", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(bodyOf(ticket, file));
  });

/** A form has the file as its last field, as S3 asks for. */
function bodyOf({ fields }: UploadTicket, file: Blob): Blob | FormData {
  if (!fields) return file;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  return form;
}

function refused(status: number): ApiError {
  return new ApiError(status, "upload_refused", "The storage did not take the file.", "");
}
