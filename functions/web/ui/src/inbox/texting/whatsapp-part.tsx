// What a composer has for WhatsApp only: how long words are free, and outside of that the templates.

import type { ComponentChildren } from "preact";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { FileList } from "../composer/file-list";
import { LIMITS } from "../composer/limits";
import type { Desk } from "../composer/use-desk";
import { Icon } from "../../ui/icon";
import type { Standing } from "./standing";
import { TemplatePicker } from "./template-picker";
import { sessionWords } from "./whatsapp";
import "./texting.css";

interface Props {
  desk: Desk;
  conversation: Conversation;
  standing: Standing;
  /** The field for free words. */
  children: ComponentChildren;
}

export function WhatsAppPart({ desk, conversation, standing, children }: Props) {
  const now = useApp().store.now.value;
  return (
    <>
      <p class="session">
        <Icon name="clock" size={14} /> {sessionWords(conversation, now)}
      </p>
      {standing.free ? children : <TemplatePicker desk={desk} inbox={conversation.inbox} />}
      {standing.free && <FileList draftId={desk.id} files={desk.draft.files} limits={LIMITS.whatsapp} />}
      {!standing.free && (desk.draft.reply.trim() || desk.draft.files.length > 0) && (
        <p class="hint">What you have written is kept, and can go once the customer writes on WhatsApp.</p>
      )}
    </>
  );
}
