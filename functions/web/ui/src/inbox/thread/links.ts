// Links to attachments work for a few minutes only: tells when one has run out, and fetches it anew.

import type { Message } from "../../api/types";
import type { App } from "../../app-context";
import { addMessages, threadOf } from "../../store";
import { shownIn } from "../merge/shown";

/** So that a link does not run out on the way. */
const MARGIN_MS = 5_000;

/** Whether a presigned link has run out; it says so itself (AWS Signature Version 4, or 2 with `Expires`). */
export function isStale(url: string, now: number): boolean {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const signed = query
    .get("X-Amz-Date")
    ?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const until = signed
    ? Date.parse(signed) + Number(query.get("X-Amz-Expires")) * 1000
    : Number(query.get("Expires") ?? Number.POSITIVE_INFINITY) * 1000;
  return now > until - MARGIN_MS;
}

/** Read back to the page that has `message`, and answer its attachment's fresh link, or null if it is gone. */
export async function freshLink(app: App, message: Message, attachment: string): Promise<string | null> {
  const conversation = shownIn(app.store, message);
  let cursor: string | null = null;
  do {
    const page = await app.api.messages(conversation, cursor);
    addMessages(app.store, conversation, page.items);
    cursor = page.items.some(({ id }) => id === message.id) ? null : page.next;
  } while (cursor !== null);
  const fresh = threadOf(app.store, conversation).messages.find(({ id }) => id === message.id);
  return fresh?.attachments.find(({ id }) => id === attachment)?.url ?? null;
}
