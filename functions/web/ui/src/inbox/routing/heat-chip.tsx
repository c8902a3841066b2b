// The mark of a heated conversation: why, in plain words, and the way to correct it. Nobody is scored by it.

import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { useFocusHome } from "../../calls/focus";
import { Icon } from "../../ui/icon";
import { markHeated } from "./acts";
import { heatSentence, NO_SCORE } from "./heat";

/** The words come with the pointer or the keyboard, stay while either is on them, and go with Escape. */
export function HeatChip({ conversation }: { conversation: Conversation }) {
  const app = useApp();
  const chip = useRef<HTMLDivElement>(null);
  const words = useId();
  const away = useSignal(false);
  useFocusHome(chip);
  const show = () => {
    away.value = false;
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") away.value = true;
  };
  return (
    <div class="heat" ref={chip} data-away={away.value} onPointerEnter={show} onKeyDown={keys}>
      <button type="button" class="mark heated" aria-describedby={words} onFocus={show} onClick={show}>
        <Icon name="flame" size={13} /> Heated
      </button>
      <div class="heat-words">
        <p id={words}>
          {heatSentence(conversation)} {NO_SCORE}
        </p>
        {conversation.status !== "closed" && (
          <button type="button" class="button" onClick={() => void markHeated(app, conversation, false)}>
            Not heated
          </button>
        )}
      </div>
    </div>
  );
}
