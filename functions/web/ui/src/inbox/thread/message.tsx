// One entry of the timeline: the customer's to the left, ours to the right, notes yellow, events one quiet line.

import type { Channel, Message } from "../../api/types";
import { useApp } from "../../app-context";
import { readable } from "../../calls/words";
import { Icon, type IconName } from "../../ui/icon";
import { exact, timeOfDay } from "../../ui/time";
import { CHANNEL_WORDS } from "../../ui/words";
import { StepWords } from "../merge/step-words";
import { isEcho } from "../merge/steps";
import { SplitChoice } from "../merge/split-choice";
import { Attachments } from "./attachments";
import { MissingFiles } from "./missing-files";
import { Banners } from "./banners";
import { DeliveryLine } from "./delivery-line";
import { kindWords } from "./kinds";
import { MailBody } from "./mail-body";
import { MessageMenu } from "./message-menu";
import { ParticipantsLine } from "./participants-line";
import { type Reading, useReading } from "./reading";
import { RecordingSlot } from "./recording-slot";

interface Props {
  message: Message;
  continued: boolean;
  /** Its subject is not the one before. */
  headed: boolean;
}

export function MessageEntry({ message, continued, headed }: Props) {
  const reading = useReading();
  const { mail, recording } = message;
  if (message.event && message.attachments.length === 0 && !recording) return <EventLine message={message} />;
  const side = message.channel === "note" ? "note" : message.direction;
  const quiet = kindWords(mail) ? " quiet" : "";
  return (
    <article class={`message ${side}${continued ? " continued" : ""}${quiet}`}>
      <SplitChoice message={message} />
      {!continued && <Byline message={message} reading={reading} />}
      {mail && <ParticipantsLine message={message} mail={mail} />}
      <div class={message.html && !reading.plain.value ? "bubble rich" : "bubble"}>
        {headed && message.subject && <h4>{message.subject}</h4>}
        {mail && <Banners message={message} mail={mail} />}
        {recording ? <RecordingSlot message={message} /> : <Words message={message} reading={reading} />}
      </div>
      <DeliveryLine message={message} />
      {reading.explained.value && <p class="explanation">{message.explanation}</p>}
    </article>
  );
}

function Words({ message, reading }: { message: Message; reading: Reading }) {
  return (
    <>
      {hasWords(message) && <MailBody message={message} reading={reading} />}
      {isEmpty(message) && <p class="text">({NOTHING[message.channel] ?? "empty"})</p>}
      <Attachments message={message} />
      <MissingFiles message={message} />
    </>
  );
}

const NOTHING: Partial<Record<Channel, string>> = { sms: "empty text", email: "empty mail" };

function hasWords({ text, html }: Message): boolean {
  return Boolean(text.trim() || html);
}

/** A text may be pictures alone; who sent nothing at all is not left with an empty bubble. */
function isEmpty(message: Message): boolean {
  return !hasWords(message) && message.attachments.length === 0 && message.files_pending === 0;
}

function Byline({ message, reading }: { message: Message; reading: Reading }) {
  const { author, channel, at, mail } = message;
  const name =
    readable(author.name) || readable(author.address) || (author.kind === "system" ? "Heartline" : "Unknown");
  const kind = kindWords(mail);
  return (
    <header>
      <strong title={author.address}>{name}</strong>
      {kind && <span class="kind">{kind}</span>}
      <span class="via">
        <Icon name={channel} size={13} /> {CHANNEL_WORDS[channel]}
      </span>
      <time dateTime={at} title={exact(at)}>
        {timeOfDay(at)}
      </time>
      <MessageMenu message={message} reading={reading} />
    </header>
  );
}

function EventLine({ message }: { message: Message }) {
  const { conversation } = useApp().store.route.value;
  if (isEcho(message, conversation)) return null;
  return (
    <p class="event">
      <Icon name={signOf(message)} size={13} />
      <StepWords message={message} />
      <time dateTime={message.at} title={exact(message.at)}>
        {timeOfDay(message.at)}
      </time>
    </p>
  );
}

function signOf({ channel, event }: Message): IconName {
  if (channel === "voice") return "voice";
  return event.startsWith("consent.") ? "sms" : "info";
}
