// The shapes in which the fake API is asked and answers.

import type { ReplyPlan } from "../../src/api/mail-types";

export interface Answer {
  status: number;
  body?: unknown;
}

export interface Asked {
  method: string;
  path: string[];
  query: URLSearchParams;
  body: Record<string, string | null>;
}

export const NOBODY: ReplyPlan = {
  to: [],
  cc: [],
  subject: "",
  quoted_text: "",
  attachments: [],
  new_domains: [],
  blocked: [],
};

export function missing(): Answer {
  return { status: 404, body: error("not_found", "There is no such conversation.") };
}

export function error(code: string, message: string) {
  return { error: { code, message, request_id: "fake-1" } };
}
