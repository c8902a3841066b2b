// What a mail is when no person wrote it to us, in the agent's words.

import type { Mail, MailKind } from "../../api/mail-types";

const WORDS: Record<MailKind, string> = {
  human: "",
  auto_reply: "Automatic reply",
  out_of_office: "Out of office",
  bounce: "Delivery report",
  complaint: "Complaint about our mail",
  receipt: "Read receipt",
  list: "Mailing list",
  own_loop: "Our own mail, come back",
  spam: "Spam",
  virus: "Virus",
};

/** Empty for what a person wrote; a kind that is not listed is still named. */
export function wordsOfKind(kind: MailKind): string {
  return WORDS[kind] ?? kind.replaceAll("_", " ");
}

/** The same of one mail, which may also be a machine's of ours. */
export function kindWords(mail: Pick<Mail, "kind" | "automatic"> | null): string {
  if (!mail) return "";
  return mail.automatic ? "Sent automatically" : wordsOfKind(mail.kind);
}
