// A picture that fills the screen: arrow keys go through those of its message, Esc closes, and it can be downloaded.

import { useEffect, useRef } from "preact/hooks";
import type { Attachment, Message } from "../../api/types";
import { useApp } from "../../app-context";
import { Download, isPicture, renewed } from "../thread/attachments";
import { isStale } from "../thread/links";
import { Icon } from "../../ui/icon";
import type { Viewed } from "./state";
import "./viewer.css";

export function Viewer({ viewed }: { viewed: Viewed }) {
  const { store } = useApp();
  const threads = [...store.threads.value.values()];
  const message = threads.flatMap(({ messages }) => messages).find(({ id }) => id === viewed.message);
  const pictures = message?.attachments.filter(isPicture) ?? [];
  const at = pictures.findIndex(({ id }) => id === viewed.file);
  const picture = pictures[at];
  if (!message || !picture) return null;
  const go = (by: number) => {
    const next = pictures[(at + by + pictures.length) % pictures.length];
    if (next) store.texting.viewed.value = { ...viewed, file: next.id };
  };
  return <Shown message={message} picture={picture} place={[at + 1, pictures.length]} go={go} />;
}

interface Props {
  message: Message;
  picture: Attachment;
  /** Which one it is, of how many. */
  place: [number, number];
  go: (by: 1 | -1) => void;
}

function Shown({ message, picture, place: [at, of], go }: Props) {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const closed = () => {
    app.store.texting.viewed.value = null;
  };
  const keys = ({ key }: KeyboardEvent) => {
    if (of > 1 && key === "ArrowRight") go(1);
    if (of > 1 && key === "ArrowLeft") go(-1);
  };
  const { id, url, filename } = picture;
  return (
    <dialog ref={dialog} class="viewer" aria-label={filename} onClose={closed} onKeyDown={keys}>
      <div class="viewer-top">
        <p role="status">
          {filename}
          {of > 1 && `, ${at} of ${of}`}
        </p>
        <Download message={message} attachment={picture} label="Download" />
        <button
          type="button"
          class="plain"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" size={18} />
        </button>
      </div>
      <img
        key={id}
        src={url}
        alt={`Picture ${at} of ${of} from ${message.author.name || "the customer"}: ${filename}`}
        onError={() => isStale(url, Date.now()) && void renewed(app, message, id)}
      />
      {of > 1 && <Steps go={go} />}
    </dialog>
  );
}

function Steps({ go }: Pick<Props, "go">) {
  return (
    <div class="viewer-steps">
      <button type="button" class="button" title="Left arrow" onClick={() => go(-1)}>
        Previous
      </button>
      <button type="button" class="button" title="Right arrow" onClick={() => go(1)}>
        Next
      </button>
    </div>
  );
}
