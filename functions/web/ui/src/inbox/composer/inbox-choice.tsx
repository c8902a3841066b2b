// From which of the agent's inboxes a first message goes.

import { useId } from "preact/hooks";
import type { Named } from "../../api/types";
import "./fields.css";

interface ChoiceProps {
  inboxes: readonly Named[];
  chosen: string;
  choose: (inbox: string) => void;
}

export function InboxChoice({ inboxes, chosen, choose }: ChoiceProps) {
  const id = useId();
  return (
    <div class="address-field">
      <label for={id}>From</label>
      <select id={id} value={chosen} onChange={({ currentTarget: { value } }) => choose(value)}>
        {inboxes.map(({ id: inbox, name }) => (
          <option key={inbox} value={inbox}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
