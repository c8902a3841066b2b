// One offer of written work: from whom, how long it stands, and the two answers. The keys belong to the one that is open.

import { useEffect } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { secondsUntil } from "../../calls/roles";
import { useSeconds } from "../../calls/tick";
import { callerName } from "../../calls/words";
import { formatRoute } from "../../route";
import { Icon } from "../../ui/icon";
import { accept, decline, readAgain } from "./acts";
import "./offers.css";

/** How often the server is asked about an offer that is over and still on screen. */
const ASK_MS = 2_000;

interface Props {
  conversation: Conversation;
  /** It is open below; else the bar says who it is, and leads there. */
  open: boolean;
  /** Of several that are not open, the first has the key. */
  first?: boolean;
}

export default function OfferBar({ conversation, open, first = false }: Props) {
  const app = useApp();
  const now = useSeconds();
  const left = secondsUntil(conversation.offered_until, now);
  const asked = left === 0 && Math.floor(now / ASK_MS);
  useEffect(() => {
    if (asked !== false) void readAgain(app, conversation);
  }, [asked]);
  return (
    <section class="line-trouble offer-bar" aria-label="Offered to you">
      <Icon name={conversation.channels.at(-1) ?? "email"} />
      <p>
        <span role="status">
          <strong>Offered to you</strong>
          {!open && `: ${wordsOf(conversation)}`}
        </span>{" "}
        <span class="left" title="After this it goes to somebody else">
          {left === 0 ? "The time is over." : `${left} s`}
        </span>
      </p>
      {!open && <Look conversation={conversation} first={first} />}
      {left !== 0 && <Answers conversation={conversation} open={open} />}
    </section>
  );
}

function Answers({ conversation, open }: Props) {
  const app = useApp();
  const key = (letter: string) => (open ? { "data-key": letter } : {});
  const shown = (verb: string, letter: string) => (open ? `${verb} (${letter})` : verb);
  return (
    <>
      <button
        type="button"
        class="button primary"
        title={shown("Take it", "T")}
        onClick={() => void accept(app, conversation)}
        {...key("t")}
      >
        Take
      </button>
      <button
        type="button"
        class="button"
        title={`${shown("Decline", "X")}: it goes to somebody else`}
        onClick={() => void decline(app, conversation)}
        {...key("x")}
      >
        Decline
      </button>
    </>
  );
}

function Look({ conversation: { id }, first }: { conversation: Conversation; first: boolean }) {
  return (
    <a
      class="button"
      href={formatRoute({ view: "mine", conversation: id })}
      title={first ? "Look at it (L)" : "Look at it"}
      {...(first && { "data-key": "l" })}
    >
      Look
    </a>
  );
}

function wordsOf({ contact: { name, address: number }, subject, preview }: Conversation): string {
  return [callerName({ name, number }), subject || preview].filter(Boolean).join(", ");
}
