// What a composer has for WhatsApp only: how long words are free, and outside of that the templates.

import type { ComponentChildren } from "preact";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { FileList } from "../composer/file-list";
import { LIMITS } from "../composer/limits";
import type { Desk } from "../composer/use-desk";
import { Icon } from "../../ui/icon";
import { type Standing, takesTemplate } from "./standing";
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
  const templated = takesTemplate(desk.draft, standing);
  return (
    <>
      <p class="session">
        <Icon name="clock" size={14} /> <span>{sessionWords(conversation, now)}</span>
        {standing.free && <Swap desk={desk} templated={templated} />}
      </p>
      {templated ? (
        <>
          <TemplatePicker desk={desk} inbox={conversation.inbox} />
          <Kept desk={desk} />
        </>
      ) : (
        <>
          {children}
          <FileList draftId={desk.id} files={desk.draft.files} limits={LIMITS.whatsapp} />
        </>
      )}
    </>
  );
}

/** While words are free a template may still be what is wanted. */
function Swap({ desk, templated }: { desk: Desk; templated: boolean }) {
  return (
    <button
      type="button"
      class="link"
      onClick={() => desk.change({ template: templated ? null : { sid: "", variables: {} } })}
    >
      {templated ? "Write freely" : "Use a template"}
    </button>
  );
}

function Kept({ desk: { draft } }: { desk: Desk }) {
  if (!draft.reply.trim() && draft.files.length === 0) return null;
  return <p class="hint">What you have written is kept: a template goes alone.</p>;
}
