// Whom a mail is for and what about: one line that sums it up, or every field.

import { useEffect, useId, useRef } from "preact/hooks";
import type { Mailbox } from "../../api/mail-types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { sameAddress } from "../mail/mailbox";
import { recipientsLine } from "../mail/participants";
import { AddressField } from "./address-field";
import { lookUp } from "./answer";
import type { MailDraft } from "./mail-draft";
import "./fields.css";

interface Props {
  draftId: string;
  mail: MailDraft;
  change: (patch: Partial<MailDraft>) => void;
  suggestions: readonly Mailbox[];
}

const MODE_WORDS = { reply: "Reply", reply_all: "Reply to all", forward: "Forward", new: "New mail" };

export function MailFields(props: Props) {
  const { mail, draftId } = props;
  const app = useApp();
  const summed = useRef(false);
  if (!mail.open) summed.current = true;
  if (mail.error)
    return (
      <p class="hint" role="alert">
        {mail.error}{" "}
        <button type="button" class="link" onClick={() => void lookUp(app, draftId)}>
          Try again
        </button>
      </p>
    );
  if (mail.mode !== "new" && !mail.plan) return <p class="hint">Looking up who was in this conversation.</p>;
  // The line that was pressed is gone: its fields take the focus over.
  return mail.open ? <AllFields {...props} focused={summed.current} /> : <Summary {...props} />;
}

function Summary({ mail, change }: Props) {
  const line = recipientsLine(mail) || "to nobody yet";
  return (
    <button
      type="button"
      class="summary"
      aria-expanded={false}
      title="Change who gets this, and the subject"
      onClick={() => change({ open: true })}
    >
      <span>
        {MODE_WORDS[mail.mode]} {line}
      </span>
      <Icon name="chevron" size={14} />
    </button>
  );
}

function AllFields({ mail, change, suggestions, focused }: Props & { focused: boolean }) {
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A forward and a new mail begin with whom they are for.
    if (focused || mail.to.length === 0) fields.current?.querySelector("input")?.focus();
  }, []);
  const blockOf = (mailbox: Mailbox) =>
    mail.plan?.blocked.find(({ address }) => sameAddress(mailbox, { name: "", address }));
  const whyBlocked = (mailbox: Mailbox) => {
    const block = blockOf(mailbox);
    return block ? `Blocked: ${block.reason}` : "";
  };
  const field = (label: string, part: "to" | "cc" | "bcc") => (
    <AddressField
      key={part}
      label={label}
      list={mail[part]}
      change={(list) => change({ [part]: list, asked: false, edited: true })}
      suggestions={suggestions}
      whyBlocked={whyBlocked}
    />
  );
  return (
    <div class="mail-fields" ref={fields}>
      {mail.mode !== "new" && <p class="mode">{MODE_WORDS[mail.mode]}</p>}
      {field("To", "to")}
      {field("Cc", "cc")}
      {field("Bcc", "bcc")}
      <SubjectField subject={mail.subject} change={(subject) => change({ subject, edited: true })} />
    </div>
  );
}

function SubjectField({ subject, change }: { subject: string; change: (subject: string) => void }) {
  const id = useId();
  return (
    <div class="address-field">
      <label for={id}>Subject</label>
      <input
        id={id}
        type="text"
        maxLength={500}
        value={subject}
        onInput={({ currentTarget: { value } }) => change(value)}
      />
    </div>
  );
}
