// How the fake API merges and splits: the target names what it shows, and each step is a line in the timelines.

import type { Conversation, Message } from "../../src/api/types";
import { type Answer, error } from "./answers";
import type { FakeApi } from "./api";
import { BY_ANA, conversation, message } from "./company";

export function merged(api: FakeApi, source: Conversation, into: string): Answer {
  const target = api.conversations.get(into);
  if (!target || target.inbox !== source.inbox)
    return { status: 400, body: error("invalid", "Only conversations of one inbox can be merged.") };
  line(api, source.id, "merged", `merged this into ${into}`);
  line(api, into, "merged", `merged ${source.id} into this`);
  api.change(source.id, { status: "closed", merged_into: into });
  return api.change(into, { absorbed: [...target.absorbed, source.id, ...source.absorbed] });
}

export function parted(api: FakeApi, source: Conversation): Answer {
  const target = api.conversations.get(source.merged_into);
  if (!target) return { status: 409, body: error("conflict", "This conversation is not merged.") };
  line(api, source.id, "parted", `took this out of ${target.id}`);
  line(api, target.id, "parted", `took ${source.id} out of this`);
  api.change(target.id, { absorbed: target.absorbed.filter((id) => id !== source.id) });
  return api.change(source.id, { status: "open", merged_into: "" });
}

export function split(api: FakeApi, source: Conversation, ids: readonly string[]): Answer {
  const moved = api.messages.filter(({ id }) => ids.includes(id));
  const [first] = moved;
  if (!first || moved.length === api.messages.filter(({ conversation: own }) => own === source.id).length)
    return { status: 400, body: error("invalid", "Nothing would be left: there is no need to split this.") };
  const id = `c${api.conversations.size + 1}`;
  const { inbox, contact } = source;
  for (const each of moved) each.conversation = id;
  api.add(conversation({ id, inbox, contact, subject: first.subject, follows: source.id, assignee: null }));
  line(api, source.id, "split", `moved one message to ${id}`);
  line(api, id, "begun", `split this off from ${source.id}`);
  return api.change(id, {});
}

function line(api: FakeApi, own: string, step: string, words: string): void {
  const said: Message = message({
    id: `${step}-${own}-${api.messages.length}`,
    conversation: own,
    direction: "internal",
    channel: "note",
    event: `conversation.${step}`,
    author: BY_ANA,
    at: "2026-03-02T09:29:00Z",
    text: `Ana Ruiz ${words}`,
  });
  api.messages.push(said);
}
