// What the dialogs of calls share: a modal that closes to where it was opened, what speaks against it, two buttons.

import type { ComponentChildren } from "preact";
import { useApp } from "../app-context";
import { DialogFrame } from "../ui/dialog";
import "./dialog.css";

interface Props {
  title: string;
  children: (close: () => void) => ComponentChildren;
}

export function CallDialogFrame({ title, children }: Props) {
  const { calls } = useApp().store;
  const closed = () => {
    calls.dialog.value = null;
  };
  return (
    <DialogFrame title={title} class="call-dialog" closed={closed}>
      {children}
    </DialogFrame>
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
