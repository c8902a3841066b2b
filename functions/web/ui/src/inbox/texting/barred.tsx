// Why no text can go to a customer, since when, and what can be done instead.

import type { Rule, Texting } from "../../api/texting-types";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { answer } from "../composer/answer";
import { replyChannels } from "../composer/draft";
import type { Desk } from "../composer/use-desk";
import { Icon } from "../../ui/icon";
import { consentWords, mayChange, optOutOf, wayOut } from "./consent";
import { sendsOf } from "./standing";

interface Props {
  desk: Desk;
  conversation: Conversation;
  texting: Texting;
  rule: Rule;
}

export function Barred({ desk, conversation, texting, rule }: Props) {
  const { me, now } = useApp().store;
  const optOut = optOutOf(texting);
  const ways = useWays(conversation);
  const words = optOut ? `${consentWords(optOut, { me: me.value, now: now.value })}.` : rule.message;
  return (
    <div class="barred" role="status">
      <Icon name="warning" />
      <div>
        <p>
          {words} {optOut && wayOut(optOut, ways)}
        </p>
        <Instead desk={desk} conversation={conversation} texting={texting} />
      </div>
    </div>
  );
}

/** How else the customer can be reached, in words. */
function useWays(conversation: Conversation): string[] {
  const { store } = useApp();
  const mails = replyChannels(conversation, sendsOf(store, conversation.inbox)).includes("email");
  return [...(store.me.value?.capacity.voice ? ["a call"] : []), ...(mails ? ["a mail"] : [])];
}

function Instead({ desk, conversation, texting }: Omit<Props, "rule">) {
  const app = useApp();
  const { store } = app;
  const ways = useWays(conversation);
  const { number } = texting;
  const optOut = optOutOf(texting);
  const allowed = mayChange(optOut, store.me.value?.role ?? "agent");
  const call = () => {
    store.calls.dialog.value = { kind: "dial", conversation: conversation.id, number };
  };
  const mail = () => {
    desk.change({ channel: "email" }, "focus");
    void answer(app, conversation.id, "reply");
  };
  const note = () => {
    store.texting.consent.value = { conversation: conversation.id, number };
  };
  return (
    <p class="instead">
      {ways.includes("a call") && (
        <button type="button" class="button" aria-haspopup="dialog" onClick={call}>
          Call instead
        </button>
      )}
      {ways.includes("a mail") && (
        <button type="button" class="button" onClick={mail}>
          Write a mail
        </button>
      )}
      {optOut && (
        <button type="button" class="link" aria-haspopup="dialog" onClick={note}>
          {allowed ? "They want texts again" : "Show the history"}
        </button>
      )}
    </p>
  );
}
