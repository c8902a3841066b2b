// Short messages at the edge of the screen, read out by screen readers. Errors stay until they are dismissed, or true no more.

import { useEffect } from "preact/hooks";
import { useApp } from "../app-context";
import { dropToast, type Toast } from "../store";
import { Icon } from "./icon";

const SHOWN_MS = 6_000;

export function Toasts() {
  const { store } = useApp();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {store.toasts.value.map((toast) => (
        <ToastLine key={toast.id} toast={toast} dismiss={() => dropToast(store, toast.id)} />
      ))}
    </div>
  );
}

function ToastLine({ toast, dismiss }: { toast: Toast; dismiss: () => void }) {
  useEffect(() => {
    if (toast.tone === "error") return;
    const timer = setTimeout(dismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast.id]);
  const over = toast.over?.() ?? false;
  useEffect(() => {
    if (over) dismiss();
  }, [over]);
  const { action } = toast;
  return (
    <div class={`toast ${toast.tone}`}>
      <span>{toast.text}</span>
      {action && (
        <button
          type="button"
          class="link"
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" class="plain" aria-label="Dismiss" onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
