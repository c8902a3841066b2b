// The numbers of a customer: each can be called, and says what they want of our texts.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { useVoice } from "../../calls/dial/call-button";
import { numbersOf } from "../../calls/dial/numbers";
import { readable } from "../../calls/words";
import { threadOf } from "../../store";
import { consentWords, optOutOf } from "../texting/consent";
import { sendsOf } from "../texting/standing";
import { factsOf } from "../texting/state";

export function Numbers({ conversation }: { conversation: Conversation }) {
  const { store } = useApp();
  const known = factsOf(store.texting, conversation.id).flatMap(({ numbers }) => numbers);
  const seen = numbersOf(conversation, threadOf(store, conversation.id).messages);
  const numbers = [...new Set([...seen, ...known])];
  if (numbers.length === 0) return null;
  return (
    <ul class="numbers" aria-label="Telephone">
      {numbers.map((number) => (
        <li key={number}>
          <span>{readable(number)}</span>
          <span class="number-actions">
            <Call conversation={conversation.id} number={number} />
            <Texts conversation={conversation} number={number} />
          </span>
          <Wish conversation={conversation.id} number={number} />
        </li>
      ))}
    </ul>
  );
}

function Call({ conversation, number }: { conversation: string; number: string }) {
  const { store } = useApp();
  if (!useVoice()) return null;
  const open = () => {
    store.calls.dialog.value = { kind: "dial", conversation, number };
  };
  return (
    <button
      type="button"
      class="link"
      aria-haspopup="dialog"
      title={`Call ${readable(number)}`}
      onClick={open}
    >
      Call
    </button>
  );
}

function Texts({ conversation, number }: { conversation: Conversation; number: string }) {
  const { store } = useApp();
  if (!sendsOf(store, conversation.inbox)?.includes("sms")) return null;
  const open = () => {
    store.texting.consent.value = { conversation: conversation.id, number };
  };
  return (
    <button
      type="button"
      class="link"
      aria-haspopup="dialog"
      title={`What the customer wants of texts to ${readable(number)}, and what was said`}
      onClick={open}
    >
      Texts
    </button>
  );
}

/** Only where the composer has asked; the dialog knows of every number. */
function Wish({ conversation, number }: { conversation: string; number: string }) {
  const { texting, me, now } = useApp().store;
  const facts = factsOf(texting, conversation).find((each) => each.number === number);
  if (!facts) return null;
  const optOut = optOutOf(facts);
  const said = optOut ?? facts.consents.find(({ state }) => state === "in");
  const words = said
    ? consentWords(said, { me: me.value, now: now.value })
    : "Takes texts; never said otherwise";
  return <small class={optOut ? "wish out" : "wish"}>{words}</small>;
}
