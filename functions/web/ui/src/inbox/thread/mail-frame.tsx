// Shows one HTML mail in a frame that runs nothing and is as tall as its content.

import { useRef } from "preact/hooks";
import type { Attachment } from "../../api/types";
import { isStale } from "./links";
import style from "./mail.css?url";
import { mailDocument } from "./mail-document";

/** Taller than any honest answer; what is longer scrolls inside its frame and cannot bury the conversation. */
const TALLEST = 12_000;

interface Props {
  /** What the frame is called for those who hear the page. */
  title: string;
  html: string;
  attachments: readonly Attachment[];
  remoteImages: readonly string[];
  showRemote: boolean;
}

export function MailFrame(mail: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <iframe
      ref={frame}
      class="mail"
      title={mail.title}
      // Same origin without scripts: nothing inside can run, and the page may measure how tall it is.
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcdoc={useDocument(mail)}
      onLoad={() => frame.current && fit(frame.current)}
    />
  );
}

/** The same document for as long as its pictures can be fetched: a new one makes the frame load again. */
function useDocument({ html, attachments, remoteImages, showRemote }: Props): string {
  const made = useRef<{ html: string; showRemote: boolean; links: string[]; source: string } | null>(null);
  const stale = made.current?.links.some((link) => isStale(link, Date.now()));
  if (made.current?.html === html && made.current.showRemote === showRemote && !stale)
    return made.current.source;
  const links = attachments.flatMap(({ inline, url }) => (inline ? url : []));
  const source = mailDocument(html, { attachments, remoteImages, showRemote, style: absolute(style) });
  made.current = { html, showRemote, links, source };
  return source;
}

function absolute(address: string): string {
  return new URL(address, window.location.origin).href;
}

function fit(frame: HTMLIFrameElement): void {
  const { documentElement: root, body } = frame.contentDocument ?? {};
  if (!root || !body) return;
  const measure = () => {
    const scrollBar = frame.clientHeight - root.clientHeight;
    frame.style.height = `${Math.min(body.scrollHeight, TALLEST) + scrollBar}px`;
  };
  measure();
  new ResizeObserver(measure).observe(body);
}
