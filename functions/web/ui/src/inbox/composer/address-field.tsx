// One line of recipients: addresses become chips as they are typed or pasted, Backspace takes the last one back.

import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Mailbox } from "../../api/mail-types";
import { Icon } from "../../ui/icon";
import { formatMailbox, isAddress, joined, parseMailboxes, sameAddress, shortName } from "../mail/mailbox";

interface Props {
  label: string;
  list: readonly Mailbox[];
  change: (list: Mailbox[]) => void;
  suggestions: readonly Mailbox[];
  /** Why an address cannot be written to; empty when it can. */
  whyBlocked: (mailbox: Mailbox) => string;
}

export function AddressField({ label, list, change, suggestions, whyBlocked }: Props) {
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  const remove = (mailbox: Mailbox) => {
    change(list.filter((other) => other !== mailbox));
    field.current?.querySelector("input")?.focus();
  };
  return (
    <div class="address-field" ref={field} role="group" aria-labelledby={`${id}label`}>
      <label id={`${id}label`} for={id}>
        {label}
      </label>
      <div class="chips">
        {list.map((mailbox) => (
          <Chip
            key={mailbox.address}
            mailbox={mailbox}
            why={whyBlocked(mailbox)}
            remove={() => remove(mailbox)}
          />
        ))}
        <AddressInput
          id={id}
          offered={suggestions.filter((mailbox) => !list.some((other) => sameAddress(mailbox, other)))}
          add={(found) => change(joined(list, found))}
          takeBack={() => change(list.slice(0, -1))}
        />
      </div>
    </div>
  );
}

interface InputProps {
  id: string;
  offered: readonly Mailbox[];
  add: (found: Mailbox[]) => void;
  /** Backspace in the empty field. */
  takeBack: () => void;
}

function AddressInput({ id, offered, add, takeBack }: InputProps) {
  const typed = useSignal("");
  const take = (text: string) => {
    typed.value = "";
    const found = parseMailboxes(text);
    if (found.length) add(found);
  };
  return (
    <>
      <input
        id={id}
        type="text"
        inputMode="email"
        autocomplete="off"
        spellcheck={false}
        list={`${id}offered`}
        value={typed.value}
        onInput={({ currentTarget: { value } }) => {
          if (isWhole(value, offered)) take(value);
          else typed.value = value;
        }}
        onKeyDown={(event) => keyDown(event, take, takeBack)}
        onPaste={(event) => pasted(event, (text) => take(typed.value + text))}
        onBlur={() => take(typed.value)}
      />
      <datalist id={`${id}offered`}>
        {offered.map((mailbox) => (
          <option key={mailbox.address} value={formatMailbox(mailbox)} />
        ))}
      </datalist>
    </>
  );
}

function Chip({ mailbox, why, remove }: { mailbox: Mailbox; why: string; remove: () => void }) {
  const wrong = isAddress(mailbox.address) ? why : "This is not a mail address";
  return (
    <span class={wrong ? "chip wrong" : "chip"} title={wrong || formatMailbox(mailbox)}>
      {wrong && <Icon name="warning" size={13} />}
      <span>{shortName(mailbox)}</span>
      {wrong && <span class="unseen">: {wrong}</span>}
      <button type="button" aria-label={`Remove ${mailbox.address}`} onClick={remove}>
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}

/** A separator ends an address; so does choosing a suggestion. */
function isWhole(value: string, offered: readonly Mailbox[]): boolean {
  return /[,;]\s*$/.test(value) || offered.some((mailbox) => formatMailbox(mailbox) === value);
}

function keyDown(event: KeyboardEvent, take: (text: string) => void, takeBack: () => void): void {
  const { value } = event.currentTarget as HTMLInputElement;
  if (event.key === "Backspace" && value === "") takeBack();
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !value.trim()) return;
  event.preventDefault();
  take(value);
}

/** Several addresses become chips at once; a single word stays to be completed. */
function pasted(event: ClipboardEvent, take: (text: string) => void): void {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[,;\n@]/.test(text)) return;
  event.preventDefault();
  take(text);
}
