// Files that came with a message: recordings play, pictures show and fill the screen, everything downloads.

import { explain } from "../../api/errors";
import type { Attachment, Message } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { addToast } from "../../store";
import { Icon } from "../../ui/icon";
import { sizeOf } from "../../ui/size";
import { freshLink, isStale } from "./links";
import "./pictures.css";

/** Machines send parts that nobody named. */
const UNNAMED = "File without a name";

interface Props {
  message: Message;
  attachment: Attachment;
}

export function Attachments({ message }: { message: Message }) {
  // What stands among the words of an HTML mail is shown there; a mail of ours is shown as text.
  const shown = message.attachments.filter(
    ({ inline, content_id }) => !(message.html && inline && content_id),
  );
  if (shown.length === 0) return null;
  const pictures = message.channel === "email" ? [] : shown.filter(isPicture);
  const others = shown.filter((attachment) => !pictures.includes(attachment));
  return (
    <>
      {pictures.length > 0 && (
        <ul class="pictures" aria-label="Pictures">
          {pictures.map((attachment) => (
            <li key={attachment.id}>
              <Picture message={message} attachment={attachment} />
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul class="attachments" aria-label="Attachments">
          {others.map((attachment) => (
            <li key={attachment.id}>
              <Preview message={message} attachment={attachment} />
              <Download message={message} attachment={attachment} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What a browser shows. */
export function isPicture({ content_type: type }: Attachment): boolean {
  return /^image\/(png|jpe?g|gif|webp)$/.test(type);
}

/** In a box of its own size, so that nothing moves when it has come. */
function Picture({ message, attachment }: Props) {
  const app = useApp();
  const { id, url, filename, size } = attachment;
  const open = () => {
    app.store.texting.viewed.value = { conversation: message.conversation, message: message.id, file: id };
  };
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Show ${filename || UNNAMED}`}
      title={`${filename || UNNAMED}, ${sizeOf(size)}`}
      onClick={open}
    >
      <img
        src={url}
        alt=""
        width={136}
        height={102}
        loading="lazy"
        onError={() => isStale(url, Date.now()) && void renewed(app, message, id)}
      />
    </button>
  );
}

function Preview({ message, attachment }: Props) {
  const app = useApp();
  const { content_type, url, filename } = attachment;
  const renew = () => isStale(url, Date.now()) && renewed(app, message, attachment.id);
  if (content_type.startsWith("audio/"))
    return (
      // a caller's recording has no captions; its transcript is the message.
      <audio
        controls
        preload="none"
        src={url}
        aria-label={`Recording ${filename}`}
        onError={async ({ currentTarget: player }) => (await renew()) && player.play()}
      />
    );
  if (!isPicture(attachment)) return null;
  return <img src={url} alt={filename} loading="lazy" onError={renew} />;
}

/** `label` stands where the name would be said twice. */
export function Download({ message, attachment, label = "" }: Props & { label?: string }) {
  const app = useApp();
  const { url, filename, size } = attachment;
  const open = async (event: MouseEvent) => {
    if (!isStale(url, Date.now())) return;
    event.preventDefault();
    const fresh = await renewed(app, message, attachment.id);
    if (fresh) window.open(fresh, "_blank", "noopener,noreferrer");
  };
  return (
    <a href={url} download={filename} target="_blank" rel="noopener noreferrer" onClick={open}>
      <Icon name="clip" /> <span>{label || filename || UNNAMED}</span> <small>{sizeOf(size)}</small>
    </a>
  );
}

/** A fresh link; on failure the agent is told, and null is the answer. */
export function renewed(app: App, message: Message, attachment: string): Promise<string | null> {
  return freshLink(app, message, attachment).catch((error: unknown) => {
    addToast(app.store, { tone: "error", text: `The file could not be fetched. ${explain(error)}` });
    return null;
  });
}
