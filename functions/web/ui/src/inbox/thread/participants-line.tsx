// Whom a mail was for: one line of names that opens into full addresses.

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Mail, Mailbox } from "../../api/mail-types";
import type { Message } from "../../api/types";
import { formatMailbox } from "../mail/mailbox";
import { authorOf, recipientsLine } from "../mail/participants";

export function ParticipantsLine({ message, mail }: { message: Message; mail: Mail }) {
  const open = useSignal(false);
  const id = useId();
  const line = recipientsLine(mail);
  if (!line) return null;
  const turn = () => {
    open.value = !open.value;
  };
  return (
    <div class="participants">
      <button type="button" class="recipients" aria-expanded={open.value} aria-controls={id} onClick={turn}>
        {line}
      </button>
      <dl id={id} hidden={!open.value}>
        <Line name="From" list={message.author.address ? [authorOf(message)] : []} />
        <Line name="Reply to" list={mail.reply_to} />
        <Line name="To" list={mail.to} />
        <Line name="Cc" list={mail.cc} />
        <Line name="Bcc" list={mail.bcc} />
      </dl>
    </div>
  );
}

function Line({ name, list }: { name: string; list: readonly Mailbox[] }) {
  if (list.length === 0) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{list.map(formatMailbox).join(", ")}</dd>
    </div>
  );
}
