// Files that came with a message: recordings play, pictures show, everything downloads.

import { explain } from "../../api/errors";
import type { Attachment, Message } from "../../api/types";
import { type App, useApp } from "../../app-context";
import { addToast } from "../../store";
import { Icon } from "../../ui/icon";
import { sizeOf } from "../../ui/size";
import { freshLink, isStale } from "./links";

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
  return (
    <ul class="attachments" aria-label="Attachments">
      {shown.map((attachment) => (
        <li key={attachment.id}>
          <Preview message={message} attachment={attachment} />
          <Download message={message} attachment={attachment} />
        </li>
      ))}
    </ul>
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
  if (!/^image\/(png|jpe?g|gif|webp)$/.test(content_type)) return null;
  return <img src={url} alt={filename} loading="lazy" onError={renew} />;
}

export function Download({ message, attachment }: Props) {
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
      <Icon name="clip" /> <span>{filename || UNNAMED}</span> <small>{sizeOf(size)}</small>
    </a>
  );
}

/** A fresh link; on failure the agent is told, and null is the answer. */
function renewed(app: App, message: Message, attachment: string): Promise<string | null> {
  return freshLink(app, message, attachment).catch((error: unknown) => {
    addToast(app.store, { tone: "error", text: `The file could not be fetched. ${explain(error)}` });
    return null;
  });
}
