// The field for the words: sends with Ctrl + Enter, marks with Ctrl + B, I and K, takes files that are dropped or pasted.

import type { Mark } from "./format";

interface Props {
  field: { current: HTMLTextAreaElement | null };
  text: string;
  label: string;
  placeholder: string;
  change: (text: string) => void;
  send: () => void;
  focused?: () => void;
  /** Nothing can be sent: what stands here can be read and copied. */
  barred?: boolean;
  /** The following are absent where the channel takes only plain words. */
  mark?: (mark: Mark) => void;
  attach?: (files: File[]) => void;
  paste?: (images: File[]) => void;
}

const KEYS: Record<string, Mark> = { b: "bold", i: "italic", k: "link" };

export function Words({ field, text, label, placeholder, change, focused, barred = false, ...does }: Props) {
  return (
    <textarea
      ref={field}
      rows={3}
      value={text}
      aria-label={label}
      placeholder={placeholder}
      readOnly={barred}
      onInput={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => keyDown(event, does)}
      onPaste={(event) => pasted(event, does)}
      onDragOver={(event) => does.attach && event.preventDefault()}
      onDrop={(event) => dropped(event, does)}
      onFocus={focused}
    />
  );
}

/** Bring the agent to where the words go, from anywhere on the screen. */
export function focusWords(): void {
  document.querySelector<HTMLElement>(".composer :is(textarea, .templates select)")?.focus();
}

type Does = Pick<Props, "send" | "mark" | "attach" | "paste">;

function keyDown(event: KeyboardEvent, { send, mark }: Does): void {
  if (event.key === "Escape") (event.currentTarget as HTMLElement).blur();
  if (!(event.ctrlKey || event.metaKey)) return;
  const kind = event.shiftKey && event.code === "Digit8" ? "bullets" : KEYS[event.key.toLowerCase()];
  if (event.key === "Enter") send();
  else if (kind && mark) mark(kind);
  else return;
  event.preventDefault();
}

/** A table or a paragraph is copied with a picture of itself; then its words are what is meant. */
function pasted(event: ClipboardEvent, { attach, paste }: Does): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!attach || !paste || files.length === 0 || event.clipboardData?.getData("text/plain")) return;
  event.preventDefault();
  const isPicture = ({ type }: File) => type.startsWith("image/");
  const pictures = files.filter(isPicture);
  if (pictures.length) paste(pictures);
  if (pictures.length < files.length) attach(files.filter((file) => !isPicture(file)));
}

function dropped(event: DragEvent, { attach }: Does): void {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!attach || files.length === 0) return;
  event.preventDefault();
  attach(files);
}
