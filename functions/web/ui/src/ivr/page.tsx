// The page of an inbox's voice menu: diagram, list, form, and what is wrong. It is loaded when somebody opens it.

import { useEffect } from "preact/hooks";
import type { Api } from "../api/client";
import { useApp } from "../app-context";
import { formatMenuRoute } from "../route";
import { addToast } from "../store";
import { Empty, Failed, Loading } from "../ui/states";
import { Bar } from "./bar";
import { Diagram } from "./diagram";
import { added, FIRST } from "./document";
import { createEditor, type Editor } from "./editor";
import { Findings } from "./findings";
import "./form.css";
import "./ivr.css";
import { KIND_NAMES, KINDS } from "./kinds";
import { NodeForm } from "./node-form";
import { NodeList } from "./node-list";
import { menuRoutes } from "./routes";
import { Settings } from "./settings";
import { useKeys } from "./use-keys";
import type { Kind, Menu } from "./types";

/** Drafts outlive the page: who looks something up elsewhere comes back to them. */
const drafts = new WeakMap<Api, Map<string, Editor>>();

export function MenuPage({ inbox }: { inbox: string }) {
  const { api, store } = useApp();
  const id = inbox || (store.me.value?.inboxes[0]?.id ?? "");
  const editor = editorOf(api, id);
  useEffect(() => {
    if (!editor.dirty.peek()) void editor.load();
  }, [editor]);
  useGuard(editor);
  useKeys(editor);
  return (
    <section class="ivr" aria-label={`Voice menu of ${editor.kept.value?.name ?? id}`}>
      <Bar editor={editor} />
      <Body editor={editor} />
    </section>
  );
}

export default MenuPage;

function editorOf(api: Api, inbox: string): Editor {
  const editors = drafts.get(api) ?? new Map<string, Editor>();
  const editor = editors.get(inbox) ?? createEditor(menuRoutes(api.send), inbox);
  drafts.set(api, editors.set(inbox, editor));
  return editor;
}

/** Nobody loses a draft unasked: the browser asks before it closes, and the inbox says where the draft is. */
function useGuard(editor: Editor): void {
  const { store } = useApp();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (editor.dirty.peek()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => {
      window.removeEventListener("beforeunload", ask);
      if (!editor.dirty.peek()) return;
      const back = () => {
        window.location.hash = formatMenuRoute(editor.inbox);
      };
      const name = editor.kept.peek()?.name ?? editor.inbox;
      const text = `Your changes to the voice menu of ${name} are not saved.`;
      addToast(store, { tone: "error", text, action: { label: "Go back to them", run: back } });
    };
  }, [editor, store]);
}

function Body({ editor }: { editor: Editor }) {
  const { kept, menu, error } = editor;
  if (!kept.value)
    return error.value ? (
      <Failed title="The voice menu cannot be shown" text={error.value} retry={() => void editor.load()} />
    ) : (
      <Loading label="Loading the voice menu" />
    );
  if (!menu.value) return <NoMenu editor={editor} />;
  return <Desk editor={editor} menu={menu.value} readonly={!kept.value.can_edit} />;
}

function Desk({ editor, menu, readonly }: { editor: Editor; menu: Menu; readonly: boolean }) {
  const name = editor.selected.value;
  return (
    <div class="ivr-desk">
      <div class="ivr-left">
        <Diagram editor={editor} />
        <Findings editor={editor} />
      </div>
      <div class="ivr-right">
        <NodeList editor={editor} menu={menu} />
        {!readonly && <AddNode editor={editor} menu={menu} />}
        <NodeForm key={name} {...{ editor, menu, name, readonly }} />
        <Settings {...{ editor, menu, readonly }} />
      </div>
    </div>
  );
}

function AddNode({ editor, menu }: { editor: Editor; menu: Menu }) {
  const add = (event: Event) => {
    const select = event.currentTarget as HTMLSelectElement;
    const next = added(menu, select.value as Kind);
    select.value = "";
    editor.edit(next.menu);
    editor.selected.value = next.name;
  };
  return (
    <select class="ivr-add" aria-label="Add a node" onChange={add}>
      <option value="">Add a node …</option>
      {KIND_NAMES.map((kind) => (
        <option key={kind} value={kind}>
          {KINDS[kind].name}: {KINDS[kind].does.toLowerCase()}
        </option>
      ))}
    </select>
  );
}

function NoMenu({ editor }: { editor: Editor }) {
  const begin = () => {
    editor.edit(FIRST);
    editor.selected.value = FIRST.start;
  };
  return (
    <div class="ivr-none">
      <Empty icon="voice" title="No voice menu" text="Callers wait in line at once." />
      {editor.kept.value?.can_edit && (
        <button type="button" class="button primary" onClick={begin}>
          Begin a menu
        </button>
      )}
    </div>
  );
}
