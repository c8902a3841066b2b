// Whether the agent takes work now, and how full their hands are.

import type { PhoneKind } from "../api/call-types";
import type { Me, Presence } from "../api/types";
import { type App, useApp } from "../app-context";
import { readable } from "../calls/words";
import { Icon } from "../ui/icon";
import { timeOfDay } from "../ui/time";
import { type Choice, Menu } from "../ui/menu";
import { CHANNEL_WORDS, PRESENCE_WORDS } from "../ui/words";
import { leave } from "./leaving";
import { setPresence } from "./set-presence";
import { shortStanceOf } from "./words";
import "./presence.css";

export function PresenceSwitch() {
  const app = useApp();
  const { me, now } = app.store;
  if (!me.value) return null;
  const { name, presence, presence_reason: reason } = me.value;
  return (
    <div class="presence">
      <Menu
        class="presence-button"
        label="Your presence"
        shortcut="O"
        choices={[...presenceChoices(app, me.value), ...phoneChoices(app), ...endChoices(app, me.value)]}
        up
      >
        <span class={`dot ${presence.toLowerCase()}`} />
        <span class="presence-name">
          <strong>{name}</strong>
          <small>{shortStanceOf({ ...me.value, reason }, now.value)}</small>
        </span>
        <Icon name="chevron" />
      </Menu>
      {presence === "ONLINE" && isRamping(me.value, now.value) && <p class="ramp">{rampWords(me.value)}.</p>}
      <Capacity me={me.value} />
    </div>
  );
}

function presenceChoices(app: App, me: Me): Choice[] {
  const { dialog } = app.store.presence;
  const choice = (presence: Presence, run: () => void, name = PRESENCE_WORDS[presence].name): Choice => ({
    label: name,
    hint: PRESENCE_WORDS[presence].means,
    chosen: presence === me.presence,
    run,
  });
  const ramp = isRamping(me, app.store.now.value) ? { hint: rampWords(me) } : {};
  const away = () => {
    dialog.value = { kind: "away" };
  };
  return [
    { ...choice("ONLINE", () => void setPresence(app, me, "ONLINE")), ...ramp },
    choice("AWAY", away, "Away …"),
    choice("DRAINING", () => void setPresence(app, me, "DRAINING")),
    choice("OFFLINE", () => leave(app, me, "offline")),
  ];
}

/** Where calls ring, for those who take calls. */
function phoneChoices({ phone, store }: App): Choice[] {
  const { choice, dialog } = store.calls;
  if (!choice.value) return [];
  const { device, number } = choice.value;
  const rings = (kind: PhoneKind, label: string) => ({
    label,
    chosen: device === kind,
    run: () => void phone.choose(kind),
  });
  return [
    { ...rings("browser", "Calls ring in this browser"), begins: true },
    ...(number ? [rings("phone", `Calls ring on ${readable(number)}`)] : []),
    {
      label: "Phone and sound",
      run: () => {
        dialog.value = { kind: "setup" };
      },
    },
  ];
}

function endChoices(app: App, me: Me): Choice[] {
  const { dialog } = app.store.presence;
  return [
    {
      label: "What is still with you",
      shortcut: "D",
      begins: true,
      run: () => {
        dialog.value = { kind: "shift", then: null };
      },
    },
    { label: "Sign out", run: () => leave(app, me, "sign-out") },
  ];
}

/** Who comes back after long is not buried at once. */
function isRamping({ ramping_until: until }: Me, now: number): boolean {
  return until !== null && Date.parse(until) > now;
}

function rampWords({ ramping_until: until }: Me): string {
  return `New work comes bit by bit until ${timeOfDay(until ?? "")}`;
}

function Capacity({ me }: { me: Me }) {
  const channels = (["email", "sms", "whatsapp", "voice"] as const).filter((channel) => me.capacity[channel]);
  return (
    <dl class="capacity" aria-label="Your work now, of what you can take">
      {channels.map((channel) => (
        <div key={channel}>
          <dt>{CHANNEL_WORDS[channel]}</dt>
          <dd>
            {me.load[channel] ?? 0} of {me.capacity[channel]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
