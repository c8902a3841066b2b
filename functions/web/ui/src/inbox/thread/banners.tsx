// What the agent must know before trusting a mail: verdicts, a stranger in the conversation, damage.

import type { ComponentChildren } from "preact";
import type { Mail } from "../../api/mail-types";
import type { Message } from "../../api/types";
import { useApp } from "../../app-context";
import { Icon, type IconName } from "../../ui/icon";
import { OffSubject } from "../merge/off-subject-line";
import { showSource } from "./source";

/** How many notes about damage are shown without being asked for. */
const NOTES = 2;

export function Banners({ message, mail }: { message: Message; mail: Mail }) {
  const who = message.author.address || message.author.name || "The sender";
  return (
    <>
      {mail.warnings?.map(({ level, text }) => (
        <Banner key={text} look={level} icon="warning">
          {text}
        </Banner>
      ))}
      {mail.unverified && (
        <Banner look="warning" icon="person">
          {who} was not part of this conversation before. Check the address before you share anything.
        </Banner>
      )}
      {mail.placeholder && <Unreadable message={message} mail={mail} />}
      {mail.off_subject && <OffSubject message={message} />}
      <Defects defects={mail.defects} />
    </>
  );
}

function Banner(props: {
  look: "danger" | "warning" | "quiet";
  icon: IconName;
  children: ComponentChildren;
}) {
  return (
    <p class={`banner ${props.look}`}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </p>
  );
}

function Unreadable({ message, mail }: { message: Message; mail: Mail }) {
  const app = useApp();
  return (
    <Banner look="warning" icon="warning">
      This mail could not be read. The original is kept.
      {mail.source && (
        <button type="button" class="link" onClick={() => void showSource(app, message)}>
          Show original
        </button>
      )}
    </Banner>
  );
}

/** One plain sentence for each thing that was repaired or cut; many of them are for those who ask. */
function Defects({ defects }: { defects: readonly string[] }) {
  if (defects.length === 0) return null;
  const notes = (
    <ul class="defects" aria-label="What was repaired or left out">
      {defects.map((defect) => (
        <li key={defect}>{sentence(defect)}</li>
      ))}
    </ul>
  );
  if (defects.length <= NOTES) return notes;
  return (
    <details class="defects">
      <summary>This mail was damaged: {defects.length} notes</summary>
      {notes}
    </details>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/\.?$/, ".");
}
