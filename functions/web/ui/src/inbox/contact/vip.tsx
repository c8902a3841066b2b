// The mark of a customer who matters more, where they are named.

import type { Conversation } from "../../api/types";
import "./vip.css";

export function VipMark({ conversation: { contact } }: { conversation: Conversation }) {
  return contact.vip ? (
    <span class="vip" title="This customer matters more">
      VIP
    </span>
  ) : null;
}
