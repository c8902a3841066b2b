// What can be done during a call; what the server does not allow now cannot be pressed.

import type { Call } from "../../api/call-types";
import type { Switch } from "../../api/call-routes";
import { useApp } from "../../app-context";
import { focusWords } from "../../inbox/composer/words";
import { EMPTY_DRAFT } from "../../inbox/composer/draft";
import { putDraft } from "../../store";
import { Icon, type IconName } from "../../ui/icon";
import { hangUp, openConversation, toggle } from "../acts";
import { consulted, may } from "../roles";
import { looksOn } from "../wishes";
import { Consultation } from "./consultation";

interface Props {
  call: Call;
  first: boolean;
}

export function Controls({ call, first }: Props) {
  return (
    <div class="call-controls" role="toolbar" aria-label="Call">
      {SWITCHES.map((each) => (
        <SwitchButton key={each.what} call={call} first={first} {...each} />
      ))}
      {consulted(call) ? <Consultation call={call} /> : <TransferButton call={call} first={first} />}
      <KeypadButton call={call} first={first} />
      <NoteButton call={call} />
      <HangUp call={call} first={first} />
    </div>
  );
}

interface SwitchWords {
  what: Switch;
  icon: IconName;
  letter: string;
  off: string;
  on: string;
  hint: string;
}

const SWITCHES: SwitchWords[] = [
  { what: "mute", icon: "microphone", letter: "m", off: "Mute", on: "Unmute", hint: "Nobody hears you" },
  { what: "hold", icon: "held", letter: "h", off: "Hold", on: "Resume", hint: "The customer hears music" },
  {
    what: "recording",
    icon: "record",
    letter: "p",
    off: "Record again",
    on: "Pause recording",
    hint: "Pause while payment data is spoken",
  },
];

function SwitchButton({ call, first, what, icon, letter, ...words }: SwitchWords & Props) {
  const app = useApp();
  const { calls, me } = app.store;
  if (what === "recording" && call.recording === "off") return null;
  const on = looksOn(call, what, me.value?.id ?? "", calls.wishes.value);
  const label = on ? words.on : words.off;
  return (
    <button
      type="button"
      class={on ? "call-button on" : "call-button"}
      data-switch={what}
      disabled={!may(call, what)}
      aria-label={label}
      title={`${label} (Shift + ${letter.toUpperCase()}). ${words.hint}`}
      {...(first && { "data-key": `shift+${letter}` })}
      onClick={() => void toggle(app, call, what)}
    >
      <Icon name={icon} size={18} /> <span>{label}</span>
    </button>
  );
}

function TransferButton({ call, first }: Props) {
  const { dialog } = useApp().store.calls;
  return (
    <button
      type="button"
      class="call-button"
      disabled={!may(call, "transfer")}
      aria-label="Transfer"
      aria-haspopup="dialog"
      title="Transfer (Shift + T)"
      {...(first && { "data-key": "shift+t" })}
      onClick={() => {
        dialog.value = { kind: "transfer", call: call.id };
      }}
    >
      <Icon name="forward" size={18} /> <span>Transfer</span>
    </button>
  );
}

function KeypadButton({ call, first }: Props) {
  const { keypad } = useApp().store.calls;
  if (call.device === "phone") return null;
  return (
    <button
      type="button"
      class="call-button bare keypad-button"
      aria-label="Keypad"
      aria-expanded={keypad.value}
      title="Keypad (Shift + K)"
      {...(first && { "data-key": "shift+k" })}
      onClick={() => {
        keypad.value = !keypad.value;
      }}
    >
      <Icon name="keypad" size={18} /> <span>Keypad</span>
    </button>
  );
}

/** N writes a note to what is open; this one writes it to what the call is about. */
function NoteButton({ call: { conversation } }: { call: Call }) {
  const { store } = useApp();
  const write = () => {
    const draft = store.drafts.value.get(conversation) ?? EMPTY_DRAFT;
    putDraft(store, conversation, { ...draft, tab: "note" });
    if (store.route.value.conversation !== conversation) openConversation(conversation);
    setTimeout(focusWords);
  };
  return (
    <button
      type="button"
      class="call-button bare"
      aria-label="Note"
      title="Note about this call"
      onClick={write}
    >
      <Icon name="note" size={18} /> <span>Note</span>
    </button>
  );
}

function HangUp({ call, first }: Props) {
  const app = useApp();
  return (
    <button
      type="button"
      class="call-button hang-up"
      disabled={!may(call, "hang_up")}
      title="Hang up (Shift + E)"
      aria-label="Hang up"
      {...(first && { "data-key": "shift+e" })}
      onClick={() => void hangUp(app, call)}
    >
      <Icon name="hang-up" size={18} /> <span>Hang up</span>
    </button>
  );
}
