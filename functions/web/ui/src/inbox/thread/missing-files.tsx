// Files that a text came with and that are not here: on their way, or not to be had.

import type { Message } from "../../api/types";
import { Icon } from "../../ui/icon";
import { missingFiles } from "../texting/failures";

export function MissingFiles({ message }: { message: Message }) {
  const missing = missingFiles(message);
  const { files_pending: pending } = message;
  return (
    <>
      {pending > 0 && (
        <p class="hint">{pending === 1 ? "A file is on its way" : `${pending} files are on their way`}</p>
      )}
      {missing && (
        <p class="missing-files">
          <Icon name="warning" size={13} /> {missing}
        </p>
      )}
    </>
  );
}
