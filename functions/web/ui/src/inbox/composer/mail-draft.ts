// Whom an unsent mail is for and what it says besides its words: decisions only.

import type { Blocked, Mailbox, MailParts, ReplyMode, ReplyPlan } from "../../api/mail-types";
import { isAddress, sameAddress } from "../mail/mailbox";

export interface MailDraft {
  mode: ReplyMode | "new";
  /** The message that is answered or forwarded; empty for a new mail. */
  about: string;
  /** The inbox that a new mail is sent from. */
  inbox: string;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  subject: string;
  /** What the server proposed; null while it has not answered. */
  plan: ReplyPlan | null;
  /** Why there is no plan; empty while it is on its way. */
  error: string;
  /** Whether the earlier mail is quoted below; null leaves it to the inbox. */
  quote: boolean | null;
  /** The agent chose this and it is worth keeping. */
  edited: boolean;
  /** Every field is on screen, not only the line that sums them up. */
  open: boolean;
  /** The agent was asked about addresses new to the conversation. */
  asked: boolean;
}

const BLANK = { to: [], cc: [], bcc: [], subject: "", plan: null, error: "", quote: null, asked: false };

/** An answer whose recipients the server has yet to name. */
export function planned(mode: ReplyMode, about: string): MailDraft {
  return { ...BLANK, mode, about, inbox: "", edited: mode !== "reply", open: mode === "forward" };
}

export function newMail(inbox: string): MailDraft {
  return { ...BLANK, mode: "new", about: "", inbox, edited: false, open: true };
}

/** Take over what the server proposes; what the agent added meanwhile stays. */
export function withPlan(mail: MailDraft, plan: ReplyPlan): MailDraft {
  const to = mail.to.length ? mail.to : plan.to;
  const cc = mail.cc.length ? mail.cc : plan.cc;
  return { ...mail, plan, error: "", to, cc, subject: mail.subject || plan.subject };
}

export function recipientsOf({ to, cc, bcc }: Pick<MailDraft, "to" | "cc" | "bcc">): Mailbox[] {
  return [...to, ...cc, ...bcc];
}

export function blockedAmong(mail: MailDraft): Blocked[] {
  const recipients = recipientsOf(mail);
  return (mail.plan?.blocked ?? []).filter((block) =>
    recipients.some((mailbox) => sameAddress(mailbox, { name: "", address: block.address })),
  );
}

/** Why this cannot be sent yet, in words for the agent; empty when it can. */
export function whyNotAddressed(mail: MailDraft): string {
  if (mail.mode !== "new" && !mail.plan) {
    if (mail.mode === "reply") return ""; // the server knows whom a plain answer is for
    return mail.error || "Looking up who was in this conversation.";
  }
  const recipients = recipientsOf(mail);
  if (recipients.length === 0) return "Say whom this is for.";
  const wrong = recipients.find(({ address }) => !isAddress(address));
  if (wrong) return `“${wrong.address}” is not a mail address.`;
  const [blocked] = blockedAmong(mail);
  if (blocked) return "One address is blocked.";
  return mail.mode === "new" && !mail.subject.trim() ? "Say what this is about." : "";
}

/** What the API is told; a part that the agent did not touch is left to the server. */
export function partsOf(mail: MailDraft | null, attachments: string[]): MailParts {
  const files = attachments.length ? { attachments } : {};
  if (!mail) return files;
  const about = mail.mode === "forward" ? { forwards: mail.about } : { answers: mail.about };
  if (!mail.plan) return { ...about, ...files };
  const { to, cc, bcc, subject, plan, quote } = mail;
  return {
    ...about,
    to,
    cc,
    bcc,
    ...(subject.trim() && subject !== plan.subject ? { subject: subject.trim() } : {}),
    ...(quote === null || mail.mode === "forward" ? {} : { quote }),
    ...files,
  };
}
