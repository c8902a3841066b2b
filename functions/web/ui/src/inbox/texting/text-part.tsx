// What a composer has for texts only: to which number, what speaks against it, and below it the notice and the files.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { readable } from "../../calls/words";
import { FileList } from "../composer/file-list";
import { LIMITS } from "../composer/limits";
import type { Desk } from "../composer/use-desk";
import { Icon } from "../../ui/icon";
import { askOutlook } from "./asking";
import { Barred } from "./barred";
import { barrierOf, quietOf, quietWords, type Standing } from "./standing";
import { outlookOf } from "./state";
import "./texting.css";

interface Props {
  desk: Desk;
  conversation: Conversation;
  standing: Standing;
}

export function TextTop({ desk, conversation, standing }: Props) {
  const { texting } = standing;
  const barrier = barrierOf(texting);
  const quiet = quietOf(standing);
  return (
    <>
      <NumberChoice desk={desk} numbers={texting?.numbers ?? []} />
      {texting && barrier && (
        <Barred desk={desk} conversation={conversation} texting={texting} rule={barrier} />
      )}
      {quiet && <Quiet words={quietWords(quiet)} asked={desk.draft.asked} />}
      <NotKnown desk={desk} conversation={conversation} />
    </>
  );
}

export function TextBottom({ desk, notice }: { desk: Desk; notice: string }) {
  return (
    <>
      {notice && (
        <p class="notice">
          <small>Stands below, as this is our first text to them:</small> {notice}
        </p>
      )}
      <FileList draftId={desk.id} files={desk.draft.files} limits={LIMITS.sms} />
    </>
  );
}

/** Only where there is a choice. */
function NumberChoice({ desk, numbers }: { desk: Desk; numbers: readonly string[] }) {
  if (numbers.length < 2) return null;
  return (
    <label class="number-choice">
      To
      <select
        value={desk.draft.number || numbers[0]}
        onChange={({ currentTarget: { value } }) => desk.change({ number: value, asked: false })}
      >
        {numbers.map((number, index) => (
          <option key={number} value={number}>
            {readable(number)}
            {index === 0 ? " (used last)" : ""}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Quiet while the agent writes; asks once send was pressed. */
export function Quiet({ words, asked }: { words: string; asked: boolean }) {
  return (
    <p class={asked ? "overtaken" : "outsiders"} role={asked ? "alert" : undefined}>
      <Icon name="moon" size={14} />
      <span>
        {words} {asked ? "Nothing was sent. Send anyway?" : "You will be asked before it goes."}
      </span>
    </p>
  );
}

/** The server looks again when the text is sent: writing goes on. */
function NotKnown({ desk, conversation }: Pick<Props, "desk" | "conversation">) {
  const app = useApp();
  const { number } = desk.draft;
  const outlook = outlookOf(app.store.texting, conversation.id, number);
  if (!outlook?.error) return null;
  return (
    <p class="outsiders">
      <Icon name="info" size={14} />
      <span>
        Whether this customer takes texts is not known. {outlook.error}
        <button
          type="button"
          class="link"
          onClick={() => {
            desk.field.current?.focus();
            void askOutlook(app, conversation.id, number);
          }}
        >
          Ask again
        </button>
      </span>
    </p>
  );
}
