// A first message to somebody: one intent with one request id, until the server gives it a conversation.

import { NOTHING_AGAINST, type Standing } from "../texting/standing";
import type { Draft } from "./draft";
import { type Outgoing, saidOf, sameWords } from "./outgoing";
import { readiness } from "./readiness";

/** The drafts and the intents of first mails and texts stand under these ids. */
export const NEW = "new";
export const NEW_TEXT = "new-text";

interface PressedNew {
  draft: Draft;
  /** The attempt before, if it failed: unchanged, it keeps its request id. */
  failed: Outgoing | undefined;
  at: string;
  newId: () => string;
  standing?: Standing;
}

/** What pressing send on a new mail means, or null when it cannot be sent yet. */
export function composeNew(pressed: PressedNew): Outgoing | null {
  return pressed.draft.mail ? composed(pressed, NEW, "email") : null;
}

/** What pressing send on a first text means, or null when it cannot be sent yet. */
export function composeText(pressed: PressedNew): Outgoing | null {
  const { first, channel } = pressed.draft;
  if (!first?.number.trim()) return null;
  return composed(pressed, NEW_TEXT, channel === "whatsapp" ? "whatsapp" : "sms");
}

function composed(
  { draft, failed, at, newId, standing = NOTHING_AGAINST }: PressedNew,
  conversation: string,
  channel: "email" | "sms" | "whatsapp",
): Outgoing | null {
  if (!readiness(draft, channel, standing).ready) return null;
  const said = saidOf(draft, channel, standing);
  const requestId = failed && sameWords(failed, said) ? failed.requestId : newId();
  const fresh = { seen: "", force: false, at, state: "sending", reason: "", code: "" } as const;
  return { ...said, ...fresh, requestId, conversation, overrideQuiet: draft.asked };
}
