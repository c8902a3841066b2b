// What can go wrong between the inbox and its API, told apart by what the agent can do about it.

import type { Message } from "./types";

/** The API answered and said no. `newer` holds what the agent had not seen, `conversation` is the one in the way (409). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string,
    readonly newer: Message[] = [],
    readonly conversation = "",
  ) {
    super(message);
  }
}

/** No answer came: the request may or may not have arrived, so it is repeated with the same request id. */
export class Unreachable extends Error {
  constructor() {
    super("Heartline could not be reached. Check your connection.");
  }
}

/** Nobody is signed in any more; the sign-in page is on its way. */
export class SignedOut extends Error {
  constructor() {
    super("Your session has ended. You are being signed in again.");
  }
}

interface ErrorBody {
  error?: { code?: string; message?: string; request_id?: string };
  newer?: Message[];
  conversation?: string;
}

const WORDS: Record<number, string> = {
  401: "Your sign-in is not accepted any more. Sign out and in again.",
  403: "You are not allowed to do this.",
  404: "It is no longer here, or not yours to see.",
  413: "This is too large to send.",
  429: "Too many requests at once. Wait a moment.",
};

/** The error that a refused response stands for, whether or not its body is ours. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: ErrorBody = await response.json().catch(() => ({}));
  const { code = "unexpected", message, request_id = "" } = body.error ?? {};
  const words = message || WORDS[response.status] || `Heartline answered ${response.status}.`;
  return new ApiError(response.status, code, words, request_id, body.newer ?? [], body.conversation ?? "");
}

/** One sentence for the agent; a request id only where a person would have to look it up. */
export function explain(error: unknown): string {
  if (error instanceof ApiError && error.status >= 500 && error.requestId)
    return `${error.message} (request ${error.requestId})`;
  return error instanceof Error ? error.message : "Something unexpected happened.";
}
