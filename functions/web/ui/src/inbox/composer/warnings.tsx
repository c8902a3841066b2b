// What the agent should know before pressing send: somebody was faster, or an address is new to the conversation.

import type { Mailbox } from "../../api/mail-types";
import { Icon } from "../../ui/icon";

export function Overtaken({ count }: { count: number }) {
  const came = count === 1 ? "A newer message came" : `${count} newer messages came`;
  return (
    <p class="overtaken" role="alert">
      <Icon name="info" /> {came} while you were writing. Nothing was sent: read it above, then send.
    </p>
  );
}

/** Quiet while the agent writes; asks once send was pressed. */
export function Outsiders({ outsiders, asked }: { outsiders: readonly Mailbox[]; asked: boolean }) {
  if (outsiders.length === 0) return null;
  const words = outsiders.length === 1 ? "New outside address: " : "New outside addresses: ";
  return (
    <p class={asked ? "overtaken" : "outsiders"} role={asked ? "alert" : undefined}>
      <Icon name="person" size={14} />
      <span>
        {words}
        {outsiders.map(({ address }) => address).join(", ")}.{asked && " Send anyway?"}
      </span>
    </p>
  );
}
