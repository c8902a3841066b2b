// The last line of a composer: what can be added to the words, what they take, and the button that sends.

import type { ReplyChannel } from "../../api/types";
import { useApp } from "../../app-context";
import { quietOf, type Standing, takesTemplate } from "../texting/standing";
import { AttachButton } from "./attach-button";
import { FormatBar } from "./format-bar";
import { LIMITS } from "./limits";
import { readiness } from "./readiness";
import { SegmentCount } from "./segment-count";
import { isSending, sendDraft } from "./send";
import { SendButton, sendLabel } from "./send-button";
import type { Desk } from "./use-desk";

interface Props {
  desk: Desk;
  channel: ReplyChannel | null;
  standing: Standing;
  loaded: boolean;
}

export function ComposerBottom({ desk, channel, standing, loaded }: Props) {
  const app = useApp();
  const { id, draft } = desk;
  const { ready, why } = readiness(draft, channel ?? "note", standing);
  return (
    <div class="composer-bottom">
      {loaded && <Additions desk={desk} channel={channel} standing={standing} />}
      <SendButton
        why={loaded ? why : ""}
        ready={ready && loaded}
        label={sendLabel(draft, channel === "sms" && quietOf(standing) !== undefined)}
        sending={isSending(app, id)}
        send={() => void sendDraft(app, id)}
      />
    </div>
  );
}

function Additions({ desk, channel, standing }: Omit<Props, "loaded">) {
  const { mark, attach, draft } = desk;
  if (channel === "email") return <FormatBar mark={mark} attach={attach} />;
  if (channel === "whatsapp")
    return takesTemplate(draft, standing) ? null : (
      <AttachButton attach={attach} limit={LIMITS.whatsapp.words} />
    );
  if (channel !== "sms" || standing.texting?.can_text === false) return null;
  return (
    <>
      <AttachButton attach={attach} limit={LIMITS.sms.words} />
      <SegmentCount text={draft.reply} texting={standing.texting} files={draft.files.length} />
    </>
  );
}
