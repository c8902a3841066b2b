// One entry of the timeline: the customer's to the left, ours to the right, notes yellow, events one quiet line.

import type { Message } from "../../api/types";
import { Icon } from "../../ui/icon";
import { exact, timeOfDay } from "../../ui/time";
import { CHANNEL_WORDS } from "../../ui/words";
import { Attachments } from "./attachments";
import { DELIVERY } from "./delivery";
import { eventWords } from "./events";
import { pieces } from "./linkify";
import { MailFrame } from "./mail-frame";

export function MessageEntry({ message, continued }: { message: Message; continued: boolean }) {
  if (message.event && message.attachments.length === 0) return <EventLine message={message} />;
  const side = message.channel === "note" ? "note" : message.direction;
  return (
    <article class={`message ${side}${continued ? " continued" : ""}`}>
      {!continued && <Byline message={message} />}
      <div class={message.html ? "bubble rich" : "bubble"}>
        {message.subject && message.channel === "email" && <h4>{message.subject}</h4>}
        {message.html ? (
          <MailFrame message={message} html={message.html} />
        ) : (
          <PlainText text={message.text} />
        )}
        <Attachments message={message} />
      </div>
      <DeliveryLine message={message} />
      {message.explanation && (
        <details class="explanation">
          <summary>Why here</summary>
          {message.explanation}
        </details>
      )}
    </article>
  );
}

function Byline({ message: { author, channel, at } }: { message: Message }) {
  const name = author.name || author.address || (author.kind === "system" ? "Heartline" : "Unknown");
  return (
    <header>
      <strong title={author.address}>{name}</strong>
      <span class="via">
        <Icon name={channel} size={13} /> {CHANNEL_WORDS[channel]}
      </span>
      <time dateTime={at} title={exact(at)}>
        {timeOfDay(at)}
      </time>
    </header>
  );
}

export function PlainText({ text }: { text: string }) {
  return (
    <p class="text">
      {pieces(text).map(({ text: piece, href }, index) =>
        href ? (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </p>
  );
}

function EventLine({ message }: { message: Message }) {
  return (
    <p class="event">
      <Icon name={message.channel === "voice" ? "voice" : "info"} size={13} />
      <span>{eventWords(message)}</span>
      <time dateTime={message.at} title={exact(message.at)}>
        {timeOfDay(message.at)}
      </time>
    </p>
  );
}

function DeliveryLine({ message }: { message: Message }) {
  const { words, bad, next } = DELIVERY[message.status] ?? DELIVERY.received;
  if (message.direction !== "outbound" || !words) return null;
  if (!bad) return <p class="delivery">{words}</p>;
  const what = message.status_reason ? `${words}: ${message.status_reason}` : words;
  return (
    <p class="delivery bad">
      <Icon name="warning" size={13} />
      <span>
        {what}. {next}
      </span>
    </p>
  );
}
