// Twelve keys for machines at the other end: pressed, or typed on the keyboard while the pad has the focus.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../app-context";
import "./keypad.css";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export function Keypad() {
  const { phone, store } = useApp();
  const pad = useRef<HTMLDivElement>(null);
  const sent = useSignal("");
  useEffect(() => pad.current?.querySelector("button")?.focus(), []);
  const send = (digit: string) => {
    sent.value += digit;
    phone.digits(digit);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      store.calls.keypad.value = false;
      document.querySelector<HTMLElement>(".keypad-button")?.focus();
    } else if (!KEYS.includes(event.key)) return;
    else send(event.key);
    event.preventDefault();
  };
  return (
    <div class="keypad" ref={pad} role="group" aria-label="Keypad" onKeyDown={keys}>
      <output class="keypad-sent" aria-label="Keys sent">
        {sent.value}
      </output>
      {KEYS.map((digit) => (
        <button key={digit} type="button" onClick={() => send(digit)}>
          {digit}
        </button>
      ))}
    </div>
  );
}
