// The marks and the paper clip below the words of a mail.

import { Icon, type IconName } from "../../ui/icon";
import { AttachButton } from "./attach-button";
import type { Mark } from "./format";

const MARKS: { mark: Mark; name: string; key: string; icon: IconName }[] = [
  { mark: "bold", name: "Bold", key: "Ctrl or Cmd + B", icon: "bold" },
  { mark: "italic", name: "Italic", key: "Ctrl or Cmd + I", icon: "italic" },
  { mark: "bullets", name: "List", key: "Ctrl or Cmd + Shift + 8", icon: "bullets" },
  { mark: "link", name: "Link", key: "Ctrl or Cmd + K", icon: "link" },
];

interface Props {
  mark: (mark: Mark) => void;
  attach: (files: File[]) => void;
}

export function FormatBar({ mark, attach }: Props) {
  return (
    <div class="format-bar" role="toolbar" aria-label="Format">
      {MARKS.map(({ mark: kind, name, key, icon }) => (
        <button
          key={kind}
          type="button"
          class="plain"
          aria-label={name}
          title={`${name} (${key})`}
          onClick={() => mark(kind)}
        >
          <Icon name={icon} />
        </button>
      ))}
      <AttachButton attach={attach} />
    </div>
  );
}
