// Files that came with a message: recordings play, pictures show, everything downloads.

import type { Attachment } from "../../api/types";
import { Icon } from "../../ui/icon";

export function Attachments({ attachments }: { attachments: readonly Attachment[] }) {
  const shown = attachments.filter(({ inline, content_id }) => !(inline && content_id));
  if (shown.length === 0) return null;
  return (
    <ul class="attachments" aria-label="Attachments">
      {shown.map((attachment) => (
        <li key={attachment.id}>
          <Preview attachment={attachment} />
          <a href={attachment.url} download={attachment.filename} target="_blank" rel="noopener noreferrer">
            <Icon name="clip" /> <span>{attachment.filename}</span> <small>{sizeOf(attachment.size)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Preview({ attachment: { content_type, url, filename } }: { attachment: Attachment }) {
  if (content_type.startsWith("audio/"))
    // biome-ignore lint/a11y/useMediaCaption: a caller's recording has no captions; its transcript is the message.
    return <audio controls preload="none" src={url} aria-label={`Recording ${filename}`} />;
  if (/^image\/(png|jpe?g|gif|webp)$/.test(content_type))
    return <img src={url} alt={filename} loading="lazy" />;
  return null;
}

/** "840 bytes", "12 KB", "3.4 MB". */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
