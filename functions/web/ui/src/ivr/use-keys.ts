// The keys of the page: save, undo, redo. A text field keeps its own undo.

import { useEffect } from "preact/hooks";
import type { Editor } from "./editor";

export function useKeys(editor: Editor): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = editor.kept.peek()?.can_edit ? actionOf(event, editor) : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [editor]);
}

function actionOf(event: KeyboardEvent, editor: Editor): (() => void) | undefined {
  if (!(event.ctrlKey || event.metaKey)) return undefined;
  const key = event.key.toLowerCase();
  if (key === "s") return () => void (editor.dirty.peek() && editor.save());
  const typing = (event.target as Element | null)?.matches?.("input, textarea");
  if (key !== "z" || typing) return undefined;
  return event.shiftKey ? editor.redo : editor.undo;
}
