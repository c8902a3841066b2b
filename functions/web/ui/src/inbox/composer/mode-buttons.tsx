// Answer everybody, or hand the mail on: from anywhere with Shift + R and F.

import type { ReplyMode } from "../../api/mail-types";
import { useApp } from "../../app-context";
import { Icon } from "../../ui/icon";
import { answer, latestMail } from "./answer";
import { focusWords } from "./words";

const MODES = [
  { mode: "reply_all", name: "Reply to all", key: "shift+r", shown: "Shift + R", icon: "reply-all" },
  { mode: "forward", name: "Forward", key: "f", shown: "F", icon: "forward" },
] as const;

export function ModeButtons({ id, mode }: { id: string; mode: ReplyMode | "new" }) {
  const app = useApp();
  if (!latestMail(app.store, id)) return null;
  return (
    <div class="modes">
      {MODES.map(({ mode: kind, name, key, shown, icon }) => (
        <button
          key={kind}
          type="button"
          class="plain"
          aria-label={name}
          aria-pressed={kind === mode}
          title={`${name} (${shown})`}
          data-key={key}
          onClick={() => {
            void answer(app, id, kind === mode ? "reply" : kind);
            focusWords();
          }}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
