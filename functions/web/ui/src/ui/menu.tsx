// A button that opens a short list of choices: arrow keys move, Escape and a click outside close it.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import "./menu.css";

export interface Choice {
  label: string;
  hint?: string;
  /** Absent where the choice is an action and not one of several states. */
  chosen?: boolean;
  /** Another question than the choices above it. */
  begins?: boolean;
  /** The key that runs it while the menu is closed. */
  shortcut?: string;
  run: () => void;
}

interface Props {
  label: string;
  class?: string;
  /** The key that opens it, and its tooltip. */
  shortcut?: string;
  up?: boolean;
  choices: Choice[];
  /** It was opened: time to read what the choices say. */
  opened?: () => void;
  children: ComponentChildren;
}

export function Menu(props: Props) {
  const { label, choices, shortcut, up = false, class: look = "button" } = props;
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    open.value = false;
    root.current?.querySelector("button")?.focus();
  };
  // before the next key: who knows the menu does not wait to see it
  useLayoutEffect(
    () => (open.value && root.current ? whileOpen(root.current, close) : undefined),
    [open.value],
  );
  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        class={look}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={id}
        title={shortcut ? `${label} (${shortcut})` : label}
        data-key={shortcut?.toLowerCase()}
        onClick={() => {
          open.value = !open.value;
          if (open.value) props.opened?.();
        }}
      >
        <span class="unseen">{label}</span> {props.children}
      </button>
      <Keys choices={choices} />
      {open.value && <Choices id={id} label={label} choices={choices} up={up} close={close} />}
    </div>
  );
}

/** A key presses the control that carries it, and in a closed menu there is none to be seen. */
function Keys({ choices }: { choices: Choice[] }) {
  return (
    <>
      {choices.map(({ label, shortcut, run }) =>
        shortcut ? (
          <button key={label} type="button" hidden data-key={shortcut.toLowerCase()} onClick={run} />
        ) : null,
      )}
    </>
  );
}

interface ChoicesProps {
  id: string;
  label: string;
  choices: Choice[];
  up: boolean;
  close: () => void;
}

function Choices({ id, label, choices, up, close }: ChoicesProps) {
  return (
    <div id={id} class={up ? "choices up" : "choices"} role="menu" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.label}
          type="button"
          class={choice.begins ? "begins" : ""}
          {...(choice.chosen === undefined
            ? { role: "menuitem" as const }
            : { role: "menuitemradio" as const, "aria-checked": choice.chosen })}
          onClick={() => {
            close();
            choice.run();
          }}
        >
          <span>{choice.label}</span>
          {choice.shortcut && <kbd>{choice.shortcut}</kbd>}
          {choice.hint && <small>{choice.hint}</small>}
        </button>
      ))}
    </div>
  );
}

/** Focus the first choice and listen until it closes. */
function whileOpen(root: HTMLElement, close: () => void): () => void {
  const items = [...root.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  (items.find((item) => item.ariaChecked === "true") ?? items[0])?.focus();
  const outside = (event: Event) => !root.contains(event.target as Node) && close();
  const keys = (event: KeyboardEvent) => move(event, items, close);
  const list = root.querySelector<HTMLElement>("[role=menu]");
  list?.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", outside);
  return () => {
    list?.removeEventListener("keydown", keys);
    document.removeEventListener("pointerdown", outside);
  };
}

function move(event: KeyboardEvent, items: HTMLElement[], close: () => void): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Tab" || event.key === "Escape") close();
  if (event.key !== "Tab") event.stopPropagation();
  if (by === undefined) return;
  event.preventDefault();
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + by + items.length) % items.length]?.focus();
}
