// A new mail to anybody, from one of the agent's inboxes; once it is sent its conversation opens.

import { useEffect } from "preact/hooks";
import type { Named } from "../../api/types";
import { useApp } from "../../app-context";
import { BackLink } from "../thread/header";
import { FormatBar } from "./format-bar";
import { InboxChoice } from "./inbox-choice";
import { type MailDraft, newMail } from "./mail-draft";
import { MailFields } from "./mail-fields";
import { MailBottom } from "./mail-part";
import { NEW } from "./outgoing-new";
import { readiness } from "./readiness";
import { isSending } from "./send";
import { SendButton } from "./send-button";
import { sendNew } from "./start";
import { type Desk, useDesk } from "./use-desk";
import { Words } from "./words";
import "../thread/thread.css";
import "./composer.css";
import "./mail.css";

export function NewMail() {
  const { store } = useApp();
  const desk = useDesk(NEW, "email");
  const inboxes = store.me.value?.inboxes ?? [];
  const [first] = inboxes;
  useEffect(() => {
    if (!desk.draft.mail && first) desk.change({ mail: newMail(first.id) });
  }, [first]);
  return (
    <section class="thread" aria-label="New mail">
      <header class="thread-header">
        <BackLink />
        <h2 class="title">New mail</h2>
      </header>
      {desk.draft.mail ? (
        <Letter desk={desk} mail={desk.draft.mail} inboxes={inboxes} />
      ) : (
        <p class="hint">You belong to no inbox that could send mail. An admin can add you to one.</p>
      )}
    </section>
  );
}

function Letter({ desk, mail, inboxes }: { desk: Desk; mail: MailDraft; inboxes: readonly Named[] }) {
  const app = useApp();
  const send = () => void sendNew(app);
  const failed = app.store.outgoing.value.find(({ conversation }) => conversation === NEW)?.reason;
  return (
    <div class="composer letter">
      <InboxChoice inboxes={inboxes} chosen={mail.inbox} choose={(inbox) => desk.changeMail({ inbox })} />
      <MailFields draftId={NEW} mail={mail} change={desk.changeMail} suggestions={[]} />
      <Words
        field={desk.field}
        text={desk.draft.reply}
        label="Your mail"
        placeholder="Write your mail"
        change={desk.write}
        send={send}
        mark={desk.mark}
        attach={desk.attach}
        paste={desk.paste}
      />
      <MailBottom desk={desk} inbox={mail.inbox} />
      {failed && (
        <p class="overtaken" role="alert">
          Not sent. {failed}
        </p>
      )}
      <div class="composer-bottom">
        <FormatBar mark={desk.mark} attach={desk.attach} />
        <SendButton
          {...readiness(desk.draft, "email")}
          label="Send"
          sending={isSending(app, NEW)}
          send={send}
        />
      </div>
    </div>
  );
}
