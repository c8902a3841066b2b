// The sheet of all keys, on `?`.

import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../app-context";
import { Icon } from "../ui/icon";
import { SHORTCUTS, type Shortcut } from "./shortcuts";
import "./sheet.css";

export function Sheet() {
  const { sheetOpen } = useApp().store;
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    sheetOpen.value = false;
  };
  useEffect(() => {
    if (sheetOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [sheetOpen.value]);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sheet-title" onClose={close}>
      <div class="sheet-top">
        <h2 id="sheet-title">Keys</h2>
        <button type="button" class="plain" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {SHORTCUTS.map(({ group, shortcuts }) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {shortcuts.map((shortcut) => (
              <Line key={shortcut.does} {...shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </dialog>
  );
}

function Line({ keys, does }: Shortcut) {
  return (
    <div>
      <dt>{does}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dd>
    </div>
  );
}
