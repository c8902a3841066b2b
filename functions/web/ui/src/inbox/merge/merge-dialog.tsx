// The dialog that merges the open conversation into another: find it, read what will happen, Enter.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { explain } from "../../api/errors";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { threadOf } from "../../store";
import { loadList } from "../loading";
import { candidates } from "./candidates";
import { merge } from "./merging";
import { previewWords } from "./preview";
import { TargetChoice } from "./target-choice";
import "./merge.css";

export default function MergeDialog({ source, closed }: { source: Conversation; closed: () => void }) {
  const app = useApp();
  const { store } = app;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    void loadList(app, "all", undefined, store.listHeld.value);
  }, []);
  return (
    <dialog ref={dialog} class="sheet merge" aria-labelledby="merge-title" onClose={closed}>
      <h2 id="merge-title">Merge into another conversation</h2>
      <Choosing source={source} close={() => dialog.current?.close()} />
    </dialog>
  );
}

function Choosing({ source, close }: { source: Conversation; close: () => void }) {
  const app = useApp();
  const { conversations, now } = app.store;
  const query = useSignal("");
  const wanted = useSignal("");
  const refused = useSignal("");
  const found = candidates(source, conversations.value.values(), query.value);
  const target = found.find(({ id }) => id === wanted.value) ?? found[0];
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!target) return;
    refused.value = "";
    await merge(app, source, target).then(close, (error: unknown) => {
      refused.value = explain(error);
    });
  };
  return (
    <form onSubmit={submit}>
      <TargetChoice source={source} found={found} target={target} query={query} wanted={wanted} />
      <p class="merge-preview" role="status">
        {target ? previewWords(source, target, threadOf(app.store, source.id), now.value) : NOTHING}
      </p>
      {refused.value && (
        <p class="pane-error" role="alert">
          {refused.value}
        </p>
      )}
      <div class="merge-bottom">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button primary" disabled={!target}>
          Merge
        </button>
      </div>
    </form>
  );
}

const NOTHING = "There is no other conversation of this inbox by that name on your lists.";
