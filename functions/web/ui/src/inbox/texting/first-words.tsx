// The words of a first text, or the template of a first WhatsApp message, with what speaks against it and what it takes.

import type { ReplyChannel } from "../../api/types";
import { useApp } from "../../app-context";
import { AttachButton } from "../composer/attach-button";
import type { FirstText } from "../composer/draft";
import { LIMITS } from "../composer/limits";
import { NEW_TEXT } from "../composer/outgoing-new";
import { readiness } from "../composer/readiness";
import { SegmentCount } from "../composer/segment-count";
import { isSending } from "../composer/send";
import { SendButton, sendLabel } from "../composer/send-button";
import type { Desk } from "../composer/use-desk";
import { Words } from "../composer/words";
import { consentWords, optOutOf } from "./consent";
import { barrierOf, quietOf, quietWords, type Standing } from "./standing";
import { firstStanding, openOther, sendFirst } from "./start-text";
import { TemplatePicker } from "./template-picker";
import { Quiet, TextBottom } from "./text-part";

interface Props {
  desk: Desk;
  first: FirstText;
  channel: ReplyChannel;
}

export function FirstWords({ desk, first, channel }: Props) {
  const app = useApp();
  const standing = firstStanding(app.store, first);
  const send = () => void sendFirst(app);
  const quiet = channel === "sms" ? quietOf(standing) : undefined;
  return (
    <>
      {channel === "sms" && <Against standing={standing} />}
      {quiet && <Quiet words={quietWords(quiet)} asked={desk.draft.asked} />}
      {channel === "whatsapp" ? (
        <>
          <p class="hint">
            A first WhatsApp message takes a template. Words are free once the customer answers.
          </p>
          <TemplatePicker desk={desk} inbox={first.inbox} />
        </>
      ) : (
        <Words
          field={desk.field}
          text={desk.draft.reply}
          label="Your text"
          placeholder="Write your text"
          change={desk.write}
          send={send}
          attach={desk.attach}
          paste={desk.paste}
        />
      )}
      {channel === "sms" && <TextBottom desk={desk} notice={standing.texting?.notice ?? ""} />}
      <Refused />
      <Bottom desk={desk} first={first} channel={channel} standing={standing} send={send} />
    </>
  );
}

function Against({ standing: { texting } }: { standing: Standing }) {
  const { me, now } = useApp().store;
  const barrier = barrierOf(texting);
  if (!texting || !barrier) return null;
  const optOut = optOutOf(texting);
  const words = optOut ? `${consentWords(optOut, { me: me.value, now: now.value })}.` : barrier.message;
  return (
    <p class="overtaken" role="alert">
      {words}
    </p>
  );
}

/** Why it did not go; where the customer has an open conversation, the choice between it and a new one. */
function Refused() {
  const app = useApp();
  const { outgoing, texting } = app.store;
  const failed = outgoing.value.find(
    ({ conversation, state }) => conversation === NEW_TEXT && state === "failed",
  );
  const other = texting.inTheWay.value;
  if (!failed) return null;
  const quiet = failed.code === "quiet_hours";
  const reason = quiet ? quietWords({ message: failed.reason }) : failed.reason;
  return (
    <div class="barred" role="alert">
      <div>
        <p>Not sent. {other ? "This customer has an open conversation." : reason}</p>
        {other && (
          <p class="instead">
            <button type="button" class="button" onClick={() => openOther(app, other)}>
              Open it
            </button>
            <button type="button" class="button" onClick={() => void sendFirst(app, true)}>
              Write anyway
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

interface BottomProps extends Props {
  standing: Standing;
  send: () => void;
}

function Bottom({ desk, first, channel, standing, send }: BottomProps) {
  const app = useApp();
  const { draft } = desk;
  const { ready, why } = readiness(draft, channel, standing);
  const numberless = first.number.trim() ? "" : "Say which number it goes to.";
  return (
    <div class="composer-bottom">
      {channel === "sms" && (
        <>
          <AttachButton attach={desk.attach} limit={LIMITS.sms.words} />
          <SegmentCount text={draft.reply} texting={standing.texting} files={draft.files.length} />
        </>
      )}
      <SendButton
        ready={ready && !numberless}
        why={why || (ready ? numberless : "")}
        label={sendLabel(draft, channel === "sms" && quietOf(standing) !== undefined)}
        sending={isSending(app, NEW_TEXT)}
        send={send}
      />
    </div>
  );
}
