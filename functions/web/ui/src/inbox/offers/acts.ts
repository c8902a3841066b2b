// The two answers to an offer. One that comes too late is refused with a sentence, and what it is now is read.

import type { Conversation } from "../../api/types";
import type { App } from "../../app-context";
import { act, settle } from "../actions";

export function accept(app: App, head: Conversation): Promise<void> {
  const request = () => app.api.accept(head.id, head.offered_until);
  return act(app, "take it", "Assigned to you", () => orRead(app, head, request));
}

/** Somebody else is asked, and for a while not this agent. */
export function decline(app: App, head: Conversation): Promise<void> {
  const request = () => app.api.decline(head.id, head.offered_until);
  return act(app, "decline it", "Declined. It goes to somebody else.", () => orRead(app, head, request));
}

/** The offer may be over without anybody having told this screen. */
export async function readAgain(app: App, { id }: Conversation): Promise<void> {
  await app.api.conversation(id).then(
    (head) => settle(app, head),
    () => undefined,
  );
}

async function orRead(
  app: App,
  head: Conversation,
  request: () => Promise<Conversation>,
): Promise<Conversation> {
  try {
    return await request();
  } catch (error) {
    void readAgain(app, head);
    throw error;
  }
}
