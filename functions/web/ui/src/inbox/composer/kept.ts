// Keeps unsent words through a reload or an expired session: in this tab only, per agent, gone at sign-out.

import { effect } from "@preact/signals";
import type { Store } from "../../store";
import { type Draft, isEmpty } from "./draft";
import { interruptedFile } from "./files";
import type { Outgoing } from "./outgoing";

/** The name changes with the shape of what is kept, so that an older page's words are not misread. */
const KEPT = "heartline.unsent.3";
const UNCONFIRMED = "The page was left before this was confirmed. Sending it again is safe.";

interface Unsent {
  agent: string;
  drafts: [string, Draft][];
  outgoing: Outgoing[];
}

/** Restore what `agent` left, then follow the store. Another agent's words are dropped. */
export function keepUnsent(store: Store, agent: string, storage: Storage): () => void {
  const left: Unsent = JSON.parse(storage.getItem(KEPT) ?? "null") ?? { agent, drafts: [], outgoing: [] };
  if (left.agent === agent) {
    store.drafts.value = new Map(left.drafts.map(([id, draft]) => [id, reopened(draft)]));
    store.outgoing.value = left.outgoing.map(interrupted);
  }
  return effect(() => {
    const drafts = [...store.drafts.value].filter(([, draft]) => !isEmpty(draft));
    const unsent: Unsent = { agent, drafts, outgoing: [...store.outgoing.value] };
    if (drafts.length || unsent.outgoing.length) storage.setItem(KEPT, JSON.stringify(unsent));
    else storage.removeItem(KEPT);
  });
}

/** At sign-out nothing stays, neither on screen nor in the tab. */
export function forgetUnsent(store: Store): void {
  store.drafts.value = new Map();
  store.outgoing.value = [];
}

function reopened(draft: Draft): Draft {
  return { ...draft, files: draft.files.map(interruptedFile) };
}

function interrupted(outgoing: Outgoing): Outgoing {
  return outgoing.state === "failed" ? outgoing : { ...outgoing, state: "failed", reason: UNCONFIRMED };
}
