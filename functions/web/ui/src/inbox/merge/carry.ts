// Brings what was being written along to where a conversation goes on.

import { putDraft, type Store } from "../../store";
import { type Draft, EMPTY_DRAFT, isEmpty } from "../composer/draft";
import { interruptedFile } from "../composer/files";

/** Words that stand there already come first; nothing that somebody wrote is lost. */
export function carryDraft(store: Store, from: string, to: string): void {
  const draft = store.drafts.value.get(from);
  if (!draft || isEmpty(draft)) return;
  const there = store.drafts.value.get(to) ?? EMPTY_DRAFT;
  putDraft(store, to, isEmpty(there) ? fresh(draft) : joined(there, draft));
  putDraft(store, from, EMPTY_DRAFT);
}

/** An upload reports to the conversation that it began in, so one that is under way has to begin again. */
function fresh(draft: Draft): Draft {
  return { ...draft, files: draft.files.map(interruptedFile), newer: 0, refused: null };
}

function joined(there: Draft, draft: Draft): Draft {
  const both = (tab: "reply" | "note") => [there[tab], draft[tab]].filter(Boolean).join("\n\n");
  const files = [...there.files, ...fresh(draft).files];
  return { ...there, reply: both("reply"), note: both("note"), files, mail: there.mail ?? draft.mail };
}
