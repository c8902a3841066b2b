// What the dialogs of calls share: a modal that closes to where it was opened, what speaks against it, two buttons.

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useApp } from "../app-context";
import "./dialog.css";

interface Props {
  title: string;
  children: (close: () => void) => ComponentChildren;
}

export function CallDialogFrame({ title, children }: Props) {
  const { calls } = useApp().store;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const closed = () => {
    calls.dialog.value = null;
  };
  return (
    <dialog ref={dialog} class="sheet call-dialog" aria-labelledby={id} onClose={closed}>
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}

interface BottomProps {
  label: string;
  busy: boolean;
  refused: string;
  close: () => void;
}

export function DialogBottom({ label, busy, refused, close }: BottomProps) {
  return (
    <>
      {refused && (
        <p class="pane-error" role="alert">
          {refused}
        </p>
      )}
      <div class="call-bottom">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button primary" aria-disabled={busy}>
          {label}
        </button>
      </div>
    </>
  );
}
