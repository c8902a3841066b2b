// Fetches the raw mail as a download, by a link that works for a few minutes.

import { explain } from "../../api/errors";
import type { Message } from "../../api/types";
import type { App } from "../../app-context";
import { addToast } from "../../store";

export async function showSource({ api, store }: App, { conversation, id }: Message): Promise<void> {
  try {
    const { url } = await api.source(conversation, id);
    window.open(url, "_blank", "noopener,noreferrer");
  } catch (error) {
    addToast(store, { tone: "error", text: `The original could not be fetched. ${explain(error)}` });
  }
}
