// From which inbox and to which number a first text goes; the server reads the number as it is dialled there.

import { useEffect, useId, useRef } from "preact/hooks";
import type { Inbox, ReplyChannel } from "../../api/types";
import { useApp } from "../../app-context";
import { readable } from "../../calls/words";
import type { FirstText } from "../composer/draft";
import { NEW_TEXT } from "../composer/outgoing-new";
import { InboxChoice } from "../composer/inbox-choice";
import type { Desk } from "../composer/use-desk";
import { checkNumber, keyOf } from "./start-text";
import { outlookOf } from "./state";

interface Props {
  desk: Desk;
  first: FirstText;
  inboxes: readonly Inbox[];
  channel: ReplyChannel;
}

export function FirstFields({ desk, first, inboxes, channel }: Props) {
  const app = useApp();
  const change = (patch: Partial<FirstText>) => {
    const next = { ...first, ...patch };
    desk.change({ first: next, asked: false, ...("inbox" in patch && { template: null }) });
    if ("inbox" in patch) void checkNumber(app, next);
  };
  return (
    <>
      <InboxChoice inboxes={inboxes} chosen={first.inbox} choose={(inbox) => change({ inbox })} />
      <NumberField first={first} channel={channel} change={change} />
    </>
  );
}

interface NumberProps {
  first: FirstText;
  channel: ReplyChannel;
  change: (patch: Partial<FirstText>) => void;
}

/** Asked when the number is left, never while it is typed. */
function NumberField({ first, channel, change }: NumberProps) {
  const app = useApp();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const outlook = outlookOf(app.store.texting, NEW_TEXT, keyOf(first));
  const texts = app.store.me.value?.inboxes
    .find(({ id: inbox }) => inbox === first.inbox)
    ?.channels.includes("sms");
  useEffect(() => {
    if (!first.number) field.current?.focus();
  }, []);
  const left = () => {
    if (texts && !outlook?.facts) void checkNumber(app, first);
  };
  return (
    <>
      <div class="address-field">
        <label for={id}>To</label>
        <input
          id={id}
          ref={field}
          type="tel"
          autocomplete="off"
          maxLength={64}
          placeholder="A number as you dial it, or with + and its country’s code"
          aria-invalid={Boolean(outlook?.error)}
          aria-describedby={`${id}-about`}
          value={first.number}
          onInput={({ currentTarget: { value } }) => change({ number: value })}
          onBlur={left}
        />
      </div>
      <p id={`${id}-about`} class={outlook?.error ? "pane-error" : "hint"} role="status">
        {outlook?.error || (outlook?.facts && numberWords(outlook.facts, channel)) || ""}
      </p>
    </>
  );
}

const TELLS_NOTHING = new Set(["landline or mobile", "unknown"]);

function numberWords(
  { number, country, line }: { number: string; country: string; line: string },
  channel: string,
): string {
  const region = /^[A-Z]{2}$/.test(country)
    ? new Intl.DisplayNames("en", { type: "region" }).of(country)
    : "";
  const kind = channel === "sms" && !TELLS_NOTHING.has(line) ? line : "";
  return [readable(number), region, kind].filter(Boolean).join(", ");
}
