// What a pane shows when it has nothing to show: still loading, empty, or failed with a way on.

import { Icon, type IconName } from "./icon";
import "./states.css";

export function Loading({ label, rows = 6 }: { label: string; rows?: number | undefined }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

export function Empty({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <div class="state">
      <Icon name={icon} size={28} />
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}

export function Failed({ title, text, retry }: { title: string; text: string; retry: () => void }) {
  return (
    <div class="state" role="alert">
      <Icon name="warning" size={28} />
      <strong>{title}</strong>
      <p>{text}</p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
