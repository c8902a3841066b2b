// An address that gets no mail from us: why, and for those who may the way to lift the block.

import { explain } from "../../api/errors";
import type { Blocked } from "../../api/mail-types";
import { type App, useApp } from "../../app-context";
import { addToast } from "../../store";
import { Icon } from "../../ui/icon";
import { lookUp } from "./answer";
import { focusWords } from "./words";

export function BlockedLine({ draftId, block }: { draftId: string; block: Blocked }) {
  const app = useApp();
  const leads = app.store.me.value?.role !== "agent";
  return (
    <p class="overtaken blocked">
      <Icon name="warning" />
      <span>
        {block.address} is blocked: {block.reason}. {!leads && "Remove it, or ask a lead to lift the block."}
        {leads && (
          <button
            type="button"
            class="link"
            onClick={() => {
              focusWords();
              void unblock(app, draftId, block.address);
            }}
          >
            Unblock
          </button>
        )}
      </span>
    </p>
  );
}

/** Lift the block for everybody, then ask anew whom the draft may go to. */
export async function unblock(app: App, draftId: string, address: string): Promise<void> {
  try {
    await app.api.unblock(address);
    addToast(app.store, { tone: "info", text: `${address} gets mail again` });
    await lookUp(app, draftId);
  } catch (error) {
    addToast(app.store, { tone: "error", text: `Still blocked. ${explain(error)}` });
  }
}
