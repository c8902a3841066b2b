// The paper clip: opens the choice of files.

import { useRef } from "preact/hooks";
import { Icon } from "../../ui/icon";

interface Props {
  attach: (files: File[]) => void;
  /** How many, and how large. */
  limit?: string;
}

export function AttachButton({ attach, limit = "" }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-label="Attach files"
        title={`Attach files, or drop them here${limit && `: ${limit}`}`}
        onClick={() => input.current?.click()}
      >
        <Icon name="clip" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          attach([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
