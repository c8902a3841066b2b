// The words of a mail: HTML in its frame or plain text, what is quoted folded behind a button, never lost.

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { folded } from "./folding";
import { ImagesBar } from "./images-bar";
import { MailFrame } from "./mail-frame";
import { MarkedText, PlainText } from "./plain-text";
import type { Reading } from "./reading";
import { isTrusted } from "./remote-images";

export function MailBody({ message, reading }: { message: Message; reading: Reading }) {
  return message.html && !reading.plain.value ? (
    <HtmlBody message={message} html={message.html} reading={reading} />
  ) : (
    <TextBody message={message} reading={reading} />
  );
}

function HtmlBody({ message, html, reading }: { message: Message; html: string; reading: Reading }) {
  const { store } = useApp();
  const name = message.author.name || message.author.address;
  const shown = {
    attachments: message.attachments,
    remoteImages: message.mail?.remote_images ?? [],
    showRemote: reading.images.value || isTrusted(store, message),
  };
  const load = () => {
    reading.images.value = true;
  };
  return (
    <>
      <ImagesBar message={message} loaded={reading.images.value} load={load} />
      <MailFrame title={`Mail from ${name}`} html={html} {...shown} />
      {message.quoted_html && (
        <Fold reading={reading}>
          <MailFrame title={`What ${name} quotes`} html={message.quoted_html} {...shown} />
        </Fold>
      )}
    </>
  );
}

function TextBody({ message, reading }: { message: Message; reading: Reading }) {
  const { visible, quoted } = folded(message.text, message.visible_text);
  const ours = message.direction === "outbound" && message.channel === "email";
  return (
    <>
      {ours ? <MarkedText text={visible} /> : <PlainText text={visible} />}
      {quoted && (
        <Fold reading={reading}>
          <PlainText text={quoted} />
        </Fold>
      )}
    </>
  );
}

function Fold({ reading, children }: { reading: Reading; children: ComponentChildren }) {
  const id = useId();
  const open = reading.unfolded.value;
  const label = open ? "Hide what is quoted" : "Show what is quoted";
  const turn = () => {
    reading.unfolded.value = !open;
  };
  return (
    <>
      <button
        type="button"
        class="fold"
        aria-expanded={open}
        aria-controls={id}
        aria-label={label}
        title={label}
        onClick={turn}
      >
        •••
      </button>
      <div id={id} class="quoted" hidden={!open}>
        {open && children}
      </div>
    </>
  );
}
