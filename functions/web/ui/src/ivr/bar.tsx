// Above a menu: which inbox it is of, undo and redo, whether it is stored, and a conflict with a colleague.

import { useApp } from "../app-context";
import { formatMenuRoute } from "../route";
import { ago, exact } from "../ui/time";
import type { Editor } from "./editor";

export function Bar({ editor }: { editor: Editor }) {
  const { store } = useApp();
  const { kept } = editor;
  const go = (event: Event) => {
    window.location.hash = formatMenuRoute((event.currentTarget as HTMLSelectElement).value);
  };
  return (
    <header class="ivr-bar">
      <h2>Voice menu</h2>
      <select aria-label="Inbox" value={editor.inbox} onChange={go}>
        {(store.me.value?.inboxes ?? []).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <span class="ivr-state" role="status">
        <State editor={editor} now={store.now.value} />
      </span>
      {kept.value?.can_edit && <Actions editor={editor} />}
      <Trouble editor={editor} />
    </header>
  );
}

function Actions({ editor }: { editor: Editor }) {
  const { history, dirty, saving } = editor;
  const busy = saving.value === "saving" || saving.value === "conflict";
  return (
    <div class="ivr-actions">
      <button
        type="button"
        class="button"
        title="Undo (Ctrl or Cmd + Z)"
        onClick={editor.undo}
        disabled={!history.value.past.length}
      >
        Undo
      </button>
      <button
        type="button"
        class="button"
        title="Redo (Shift + Ctrl or Cmd + Z)"
        onClick={editor.redo}
        disabled={!history.value.future.length}
      >
        Redo
      </button>
      <button
        type="button"
        class="button primary"
        title="Save (Ctrl or Cmd + S)"
        onClick={() => void editor.save()}
        disabled={!dirty.value || busy}
      >
        Save
      </button>
    </div>
  );
}

function State({ editor, now }: { editor: Editor; now: number }) {
  const { kept, dirty, saving } = editor;
  const edit = kept.value?.edit;
  if (saving.value === "saving") return <>Saving …</>;
  if (dirty.value) return <>Not saved yet.</>;
  if (!kept.value?.can_edit) return <>Only admins change voice menus.</>;
  return edit ? (
    <>
      Saved by {edit.name} <time title={exact(edit.at)}>({ago(edit.at, now)})</time>. Calls follow it within a
      minute.
    </>
  ) : null;
}

function Trouble({ editor }: { editor: Editor }) {
  const { saving, error } = editor;
  if (!error.value) return null;
  return (
    <div class="ivr-trouble" role="alert">
      <p>{error.value}</p>
      {saving.value === "conflict" && (
        <>
          <button type="button" class="button" onClick={() => void editor.takeTheirs()}>
            Take theirs (undo brings mine back)
          </button>
          <button type="button" class="button" onClick={() => void editor.keepMine()}>
            Keep mine and look again
          </button>
        </>
      )}
    </div>
  );
}
