// What every part of a composer works with: the draft, the field for its words, and the ways to change both.

import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../app-context";
import { putDraft } from "../../store";
import { patchMail } from "./answer";
import { type Draft, EMPTY_DRAFT } from "./draft";
import { type Mark, marked, type Selected } from "./format";
import type { MailDraft } from "./mail-draft";
import type { ReplyChannel } from "../../api/types";
import { LIMITS } from "./limits";
import { addFiles, pasteImages } from "./uploads";

export interface Desk {
  id: string;
  draft: Draft;
  field: { current: HTMLTextAreaElement | null };
  change: (patch: Partial<Draft>, focus?: "focus") => void;
  changeMail: (patch: Partial<MailDraft>) => void;
  write: (text: string) => void;
  mark: (mark: Mark) => void;
  attach: (files: File[]) => void;
  /** In a mail pictures stand where the words are; elsewhere they go along. */
  paste: (images: File[]) => void;
}

/** `channel` says how many files may be added, and where pasted pictures go. */
export function useDesk(id: string, channel: ReplyChannel): Desk {
  const app = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = app.store.drafts.value.get(id) ?? EMPTY_DRAFT;
  const change = (patch: Partial<Draft>, focus?: "focus") => {
    const present = app.store.drafts.value.get(id) ?? EMPTY_DRAFT;
    putDraft(app.store, id, { ...present, ...patch });
    if (focus) field.current?.focus();
  };
  const write = (text: string) => change({ [draft.tab]: text });
  const attach = (files: File[]) => void addFiles(app, id, files, LIMITS[channel]);
  return {
    id,
    draft,
    field,
    change,
    changeMail: (patch) => patchMail(app.store, id, (mail) => ({ ...mail, ...patch })),
    write,
    mark: useMarks(field, write),
    attach,
    paste: (images) => {
      if (channel !== "email") attach(images);
      else void pasteImages(app, id, images, field.current?.selectionEnd ?? 0);
    },
  };
}

/** Marks what is selected in the field, and selects it again once the new text is on screen. */
function useMarks(field: Desk["field"], write: (text: string) => void): (mark: Mark) => void {
  const next = useRef<Selected | null>(null);
  useLayoutEffect(() => {
    const { current: area } = field;
    if (next.current && area?.value === next.current.text) {
      area.focus();
      area.setSelectionRange(next.current.from, next.current.to);
    }
    next.current = null;
  });
  return (mark) => {
    const { current: area } = field;
    if (!area) return;
    next.current = marked({ text: area.value, from: area.selectionStart, to: area.selectionEnd }, mark);
    write(next.current.text);
  };
}
