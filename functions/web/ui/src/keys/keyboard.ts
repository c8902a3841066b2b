// Turns keys into what the controls on screen already do: the letter presses the control that carries it.

import { neighbour } from "../inbox/list/arrange";
import { formatRoute } from "../route";
import type { Store } from "../store";
import { GO } from "./shortcuts";

/** Listen for as long as the page lives. */
export function listenToKeys(store: Store): void {
  let afterG = false;
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event);
    const view = afterG ? GO[key] : undefined;
    afterG = key === "g";
    if (view) go(formatRoute({ view, conversation: null }));
    else if (key === "j") step(store, 1);
    else if (key === "k") step(store, -1);
    else if (!press(key)) return;
    event.preventDefault();
  });
}

/** "r", "shift+r", "?": as controls carry it. Caps lock is not Shift. */
function keyOf({ key, shiftKey }: KeyboardEvent): string {
  const letter = key.toLowerCase();
  return shiftKey && /^[a-z]$/.test(letter) ? `shift+${letter}` : letter;
}

/** A dialog and a field keep their keys to themselves. */
function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog, [role=menu]") !== null;
}

function press(key: string): boolean {
  const control = /^(shift\+)?[a-z?]$/.test(key)
    ? document.querySelector<HTMLElement>(`[data-key="${key}"]`)
    : null;
  control?.click();
  return control !== null;
}

/** With a conversation open the next one opens; otherwise the focus moves along the rows. */
function step(store: Store, by: 1 | -1): void {
  const { view, conversation } = store.route.value;
  const { ids } = store.lists[view].value;
  if (conversation !== null) {
    const next = neighbour(ids, conversation, by, store.lastIndex.value);
    if (next !== null) go(formatRoute({ view, conversation: next }));
    return;
  }
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

function go(hash: string): void {
  window.location.assign(hash);
}
