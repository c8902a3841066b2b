// What a composer has for mail only: recipients and subject above the words, quotes and files below them.

import type { Conversation, Message } from "../../api/types";
import { outsiders, participants } from "../mail/participants";
import { useApp } from "../../app-context";
import { Below } from "./below";
import { BlockedLine } from "./blocked-line";
import { FileList } from "./file-list";
import { blockedAmong, recipientsOf } from "./mail-draft";
import { LIMITS } from "./limits";
import { MailFields } from "./mail-fields";
import type { Desk } from "./use-desk";
import { Outsiders } from "./warnings";

interface TopProps {
  desk: Desk;
  conversation: Conversation;
  messages: readonly Message[];
}

export function MailTop({ desk, conversation, messages }: TopProps) {
  const { mail } = desk.draft;
  if (!mail) return null;
  const known = participants(conversation, messages);
  const circle = { conversation, messages, newDomains: mail.plan?.new_domains ?? [] };
  const strangers = mail.plan ? outsiders(recipientsOf(mail), circle) : [];
  return (
    <>
      <MailFields draftId={desk.id} mail={mail} change={desk.changeMail} suggestions={known} />
      <Outsiders outsiders={strangers} asked={mail.asked} />
      {blockedAmong(mail).map((block) => (
        <BlockedLine key={block.address} draftId={desk.id} block={block} />
      ))}
    </>
  );
}

export function MailBottom({ desk, inbox: id }: { desk: Desk; inbox: string }) {
  const inbox = useApp().store.me.value?.inboxes.find((each) => each.id === id);
  const { mail, files } = desk.draft;
  return (
    <>
      {mail && inbox && <Below mail={mail} inbox={inbox} change={desk.changeMail} />}
      <FileList draftId={desk.id} files={files} limits={LIMITS.email} />
    </>
  );
}
