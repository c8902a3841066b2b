// Whether the agent takes work now, and how full their hands are.

import type { PhoneKind } from "../api/call-types";
import type { Me, Presence } from "../api/types";
import { type App, useApp } from "../app-context";
import { readable } from "../calls/words";
import { forgetUnsent } from "../inbox/composer/kept";
import { Icon } from "../ui/icon";
import { type Choice, Menu } from "../ui/menu";
import { CHANNEL_WORDS, PRESENCE_WORDS } from "../ui/words";
import { setPresence } from "./set-presence";
import "./presence.css";

/** Nobody waits longer than this to be signed out. */
const FAREWELL_MS = 3_000;
const CHOICES: Presence[] = ["ONLINE", "AWAY", "OFFLINE"];

export function PresenceSwitch() {
  const app = useApp();
  const me = app.store.me.value;
  if (!me) return null;
  const choices = CHOICES.map((presence) => ({
    label: PRESENCE_WORDS[presence].name,
    hint: PRESENCE_WORDS[presence].means,
    chosen: presence === me.presence,
    run: () => void setPresence(app, me, presence),
  }));
  return (
    <div class="presence">
      <Menu
        class="presence-button"
        label="Your presence"
        choices={[...choices, ...phoneChoices(app), { label: "Sign out", run: () => void signOut(app) }]}
        up
      >
        <span class={`dot ${me.presence.toLowerCase()}`} />
        <span class="presence-name">
          <strong>{me.name}</strong>
          <small>{PRESENCE_WORDS[me.presence].name}</small>
        </span>
        <Icon name="chevron" />
      </Menu>
      <Capacity me={me} />
    </div>
  );
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

/** Who leaves takes no more work. Whether or not the server hears it, they are signed out. */
async function signOut({ api, phone, session, store }: App): Promise<void> {
  phone.close();
  const told = api.setPresence("OFFLINE").catch(() => undefined);
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
  forgetUnsent(store);
  session.signOut();
}
