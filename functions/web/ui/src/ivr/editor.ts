// One menu that is being edited: its steps, what is wrong with it, and whether it is stored. Survives leaving the page.

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ApiError, explain } from "../api/errors";
import { begun, edited, type History, redone, undone } from "./history";
import type { Menus } from "./routes";
import type { Checked, Kept, Menu } from "./types";

export type Saving = "idle" | "saving" | "conflict" | "failed";

/** How long after a keystroke the draft is checked. */
export const CHECK_AFTER_MS = 350;

export interface Editor {
  inbox: string;
  kept: Signal<Kept | null>;
  history: Signal<History>;
  checked: Signal<Checked>;
  saving: Signal<Saving>;
  error: Signal<string>;
  selected: Signal<string>;
  menu: ReadonlySignal<Menu | null>;
  dirty: ReadonlySignal<boolean>;
  load(): Promise<void>;
  edit(menu: Menu | null, about?: string): void;
  undo(): void;
  redo(): void;
  save(): Promise<void>;
  /** After a conflict: store mine over theirs the next time, or go on with theirs. */
  keepMine(): Promise<void>;
  takeTheirs(): Promise<void>;
}

const NOTHING: Checked = { findings: [], drawing: null };

export function createEditor(menus: Menus, inbox: string): Editor {
  const kept = signal<Kept | null>(null);
  const history = signal(begun(null));
  const menu = computed(() => history.value.now);
  const editor = {
    inbox,
    kept,
    history,
    menu,
    checked: signal(NOTHING),
    saving: signal<Saving>("idle"),
    error: signal(""),
    selected: signal(""),
    dirty: computed(() => kept.value !== null && !same(menu.value, kept.value.menu)),
  };
  const check = checker(menus, editor);
  const move = (next: History) => {
    history.value = next;
    check();
  };
  return {
    ...editor,
    load: () => loaded(menus, editor),
    edit: (next, about = "") => move(edited(history.value, next, about)),
    undo: () => move(undone(history.value)),
    redo: () => move(redone(history.value)),
    save: () => saved(menus, editor),
    keepMine: () => afterConflict(menus, editor, () => history.value),
    takeTheirs: () => afterConflict(menus, editor, (theirs) => edited(history.value, theirs.menu, "")),
  };
}

type State = Pick<
  Editor,
  "inbox" | "kept" | "history" | "checked" | "saving" | "error" | "selected" | "menu"
>;

async function loaded(menus: Menus, state: State): Promise<void> {
  state.error.value = "";
  try {
    const found = await menus.read(state.inbox);
    state.kept.value = found;
    state.history.value = begun(found.menu);
    state.checked.value = found;
    state.selected.value = found.menu?.start ?? "";
  } catch (error) {
    state.error.value = explain(error);
  }
}

async function saved(menus: Menus, state: State): Promise<void> {
  const { kept, menu, saving, error, checked } = state;
  if (!kept.value || saving.value === "saving") return;
  saving.value = "saving";
  error.value = "";
  try {
    kept.value = await menus.store(state.inbox, menu.value, kept.value.version);
    checked.value = kept.value;
    saving.value = "idle";
  } catch (fault) {
    saving.value = fault instanceof ApiError && fault.code === "conflict" ? "conflict" : "failed";
    error.value = explain(fault);
  }
}

async function afterConflict(menus: Menus, state: State, next: (theirs: Kept) => History): Promise<void> {
  try {
    const theirs = await menus.read(state.inbox);
    state.kept.value = theirs;
    state.history.value = next(theirs);
    state.saving.value = "idle";
    state.error.value = "";
    state.checked.value = await menus.check(state.inbox, state.menu.value);
  } catch (fault) {
    state.error.value = explain(fault);
  }
}

/** Checks what was typed once the typing pauses; of two answers the later question's counts. */
function checker(menus: Menus, { inbox, menu, checked, error }: State): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  const ask = async () => {
    const mine = (asked += 1);
    try {
      const found = await menus.check(inbox, menu.value);
      if (mine === asked) checked.value = { ...found, drawing: found.drawing ?? checked.value.drawing };
    } catch (fault) {
      if (mine === asked) error.value = explain(fault);
    }
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), CHECK_AFTER_MS);
  };
}

function same(one: Menu | null, other: Menu | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
