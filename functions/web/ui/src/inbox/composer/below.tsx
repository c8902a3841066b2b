// What the customer will find below the words, folded: the signature and the earlier mail, with a way to leave it out.

import type { Inbox } from "../../api/types";
import type { MailDraft } from "./mail-draft";

interface Props {
  mail: MailDraft;
  inbox: Inbox;
  change: (patch: Partial<MailDraft>) => void;
}

export function Below({ mail, inbox, change }: Props) {
  const text = mail.plan?.quoted_text ?? "";
  const quotes = mail.mode === "forward" || (mail.quote ?? inbox.quotes);
  if (!text && !inbox.signature) return null;
  return (
    <details class="below">
      <summary title="What stands below your words" aria-label="What stands below your words">
        •••
      </summary>
      {inbox.signature && <p class="text">{inbox.signature}</p>}
      {text && mail.mode !== "forward" && (
        <label>
          <input
            type="checkbox"
            checked={quotes}
            onChange={({ currentTarget: { checked } }) => change({ quote: checked })}
          />
          Quote the earlier mail
        </label>
      )}
      {text && quotes && <p class="text earlier">{text}</p>}
    </details>
  );
}
