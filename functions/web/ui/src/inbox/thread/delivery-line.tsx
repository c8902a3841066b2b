// How far a message of ours came; for a mail that came back, to whom it did not get and what to do next.

import type { Message } from "../../api/types";
import { Icon } from "../../ui/icon";
import { reasonWords, retryWords } from "../texting/failures";
import { NextStep } from "../texting/next-step";
import { bounceWords } from "./bounces";
import { DELIVERY } from "./delivery";

export function DeliveryLine({ message }: { message: Message }) {
  const lines = bounceWords(message.mail?.bounces ?? []);
  if (message.direction !== "outbound") return null;
  if (!lines.some(({ bad }) => bad)) return <State message={message} />;
  return (
    <ul class="bounces" aria-label="Not delivered">
      {lines.map(({ bad, what, next, diagnostic }) => (
        <li key={what} class={bad ? "delivery bad" : "delivery"}>
          <Icon name={bad ? "warning" : "info"} size={13} />
          <span title={diagnostic}>
            {what} {next}
          </span>
        </li>
      ))}
    </ul>
  );
}

function State({ message }: { message: Message }) {
  const { words, bad, next } = DELIVERY[message.status] ?? DELIVERY.received;
  if (!words) return null;
  if (message.status_action === "retried") return <p class="delivery late">{retryWords(message)}</p>;
  if (!bad) return <p class="delivery">{words}</p>;
  const reason = reasonWords(message);
  return (
    <p class="delivery bad">
      <Icon name="warning" size={13} />
      <span>
        {reason ? `${words}: ${reason}` : words}.{" "}
        {message.status_code && isText(message) ? <NextStep message={message} /> : next}
      </span>
    </p>
  );
}

function isText({ channel }: Message): boolean {
  return channel === "sms" || channel === "whatsapp";
}
