// The place of a recording in the timeline; its player is fetched when the first one is shown.

import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { Message } from "../../api/types";

type Card = ComponentType<{ message: Message }>;

const card = signal<Card | null>(null);
const failed = signal(false);

export function RecordingSlot({ message }: { message: Message }) {
  useEffect(() => void load(), []);
  const Shown = card.value;
  if (Shown) return <Shown message={message} />;
  const [label] = message.text.split("\n");
  return (
    <p class="text">
      {label}{" "}
      {failed.value && (
        <button type="button" class="link" onClick={() => void load()}>
          Load the player
        </button>
      )}
    </p>
  );
}

async function load(): Promise<void> {
  if (card.value) return;
  failed.value = false;
  try {
    card.value = (await import("../player/recording")).RecordingCard;
  } catch {
    failed.value = true; // offline, or a new version was deployed meanwhile
  }
}
