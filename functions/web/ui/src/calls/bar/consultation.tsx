// While a colleague or another number is asked in: hand over, talk all three, or go back to the customer.

import type { Call } from "../../api/call-types";
import type { Consult } from "../../api/call-routes";
import { useApp } from "../../app-context";
import { Icon, type IconName } from "../../ui/icon";
import { consult } from "../acts";
import { may } from "../roles";

const CHOICES: { action: Consult; name: string; hint: string; icon: IconName }[] = [
  { action: "complete", name: "Hand over", hint: "You leave; they talk with the customer", icon: "forward" },
  { action: "merge", name: "Three-way", hint: "Everybody hears everybody", icon: "people" },
  { action: "cancel", name: "Back to customer", hint: "The other one is let go", icon: "reply" },
];

export function Consultation({ call }: { call: Call }) {
  const app = useApp();
  return (
    <>
      {CHOICES.map(({ action, name, hint, icon }) => (
        <button
          key={action}
          type="button"
          class="call-button"
          aria-label={name}
          title={`${name}. ${hint}`}
          disabled={!may(call, `consult_${action}`)}
          onClick={() => void consult(app, call, action)}
        >
          <Icon name={icon} size={18} /> <span>{name}</span>
        </button>
      ))}
    </>
  );
}
