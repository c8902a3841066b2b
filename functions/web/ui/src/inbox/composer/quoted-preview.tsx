// What the customer will find below the words: the earlier mail, folded, and a way to leave it out.

import type { MailDraft } from "./mail-draft";

interface Props {
  mail: MailDraft;
  change: (patch: Partial<MailDraft>) => void;
}

export function QuotedPreview({ mail, change }: Props) {
  const text = mail.plan?.quoted_text ?? "";
  if (!text) return null;
  return (
    <details class="quoted-preview">
      <summary title="What is quoted below your words">•••</summary>
      {mail.mode !== "forward" && (
        <label>
          <input
            type="checkbox"
            checked={mail.quote}
            onChange={({ currentTarget: { checked } }) => change({ quote: checked })}
          />
          Quote the earlier mail below
        </label>
      )}
      <p class={mail.quote ? "text" : "text left-out"}>{text}</p>
    </details>
  );
}
