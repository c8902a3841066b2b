// Shows one HTML mail in a frame that runs nothing and is as tall as its content.

import { useRef } from "preact/hooks";
import type { Message } from "../../api/types";
import { isStale } from "./links";
import style from "./mail.css?url";
import { type MailDocument, mailDocument } from "./mail-document";

export function MailFrame({ message, html }: { message: Message; html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const { source, leftOut } = useMail(message, html);
  return (
    <>
      <iframe
        ref={frame}
        class="mail"
        title={`Mail from ${message.author.name || message.author.address}`}
        // Same origin without scripts: nothing inside can run, and the page may measure how tall it is.
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcdoc={source}
        onLoad={() => frame.current && fit(frame.current)}
      />
      {leftOut > 0 && (
        <p class="hint">
          Pictures from the internet are left out: they would tell the sender that you read this.
        </p>
      )}
    </>
  );
}

/** The same document for as long as its pictures can be fetched: a new one makes the frame load again. */
function useMail({ attachments }: Message, html: string): MailDocument {
  const made = useRef<{ html: string; links: string[]; mail: MailDocument } | null>(null);
  const stale = made.current?.links.some((link) => isStale(link, Date.now()));
  if (made.current?.html === html && !stale) return made.current.mail;
  const links = attachments.flatMap(({ inline, url }) => (inline ? url : []));
  const mail = mailDocument({ html, attachments, style: absolute(style) });
  made.current = { html, links, mail };
  return mail;
}

function absolute(address: string): string {
  return new URL(address, window.location.origin).href;
}

function fit(frame: HTMLIFrameElement): void {
  const body = frame.contentDocument?.body;
  if (!body) return;
  const measure = () => {
    frame.style.height = `${body.scrollHeight}px`;
  };
  measure();
  new ResizeObserver(measure).observe(body);
}
