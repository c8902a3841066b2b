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
export function kindWords(mail: Pick<Mail, "kind" | "automatic"> | null): string {
  if (!mail) return "";
  if (mail.automatic) return "Sent automatically";
  return WORDS[mail.kind] ?? mail.kind.replaceAll("_", " ");
}
