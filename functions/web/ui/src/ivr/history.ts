// The steps of an edit, to be undone and done again. Pure.

import type { Menu } from "./types";

export interface History {
  now: Menu | null;
  past: readonly (Menu | null)[];
  future: readonly (Menu | null)[];
  /** What the last step was about: typing in one field is one step. */
  about: string;
}

const MOST = 100;

export function begun(menu: Menu | null): History {
  return { now: menu, past: [], future: [], about: "" };
}

export function edited(history: History, menu: Menu | null, about: string): History {
  if (about && about === history.about) return { ...history, now: menu, future: [] };
  return { now: menu, past: [...history.past, history.now].slice(-MOST), future: [], about };
}

export function undone(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    now: before,
    past: history.past.slice(0, -1),
    future: [history.now, ...history.future],
    about: "",
  };
}

export function redone(history: History): History {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { now: after, past: [...history.past, history.now], future, about: "" };
}
