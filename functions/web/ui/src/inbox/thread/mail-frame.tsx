// Shows one HTML mail in a frame that runs nothing and is as tall as its content.

import { useMemo, useRef } from "preact/hooks";
import type { Message } from "../../api/types";
import style from "./mail.css?url";
import { mailDocument } from "./mail-document";

export function MailFrame({ message, html }: { message: Message; html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const { source, leftOut } = useMemo(
    () => mailDocument({ html, attachments: message.attachments, style: absolute(style) }),
    [html],
  );
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
