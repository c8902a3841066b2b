// The marks of a row: heated, and a priority that is not the usual one. The words come with the pointer and are read out.

import type { Conversation } from "../../api/types";
import { Icon } from "../../ui/icon";
import { heatSentence, NO_SCORE } from "./heat";
import { NORMAL, priorityName } from "./priority";
import "./routing.css";

export function RowMarks({ conversation }: { conversation: Conversation }) {
  const { heated, band } = conversation;
  return (
    <>
      {heated && (
        <span class="heat-mark" title={`Heated. ${heatSentence(conversation)} ${NO_SCORE}`}>
          <Icon name="flame" size={14} />
          <span class="unseen">Heated</span>
        </span>
      )}
      {band !== NORMAL && (
        <span class="band" data-band={priorityName(band)} title={`Priority: ${priorityName(band)}`}>
          {priorityName(band)}
        </span>
      )}
    </>
  );
}
