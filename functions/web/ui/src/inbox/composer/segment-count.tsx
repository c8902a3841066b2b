// How many texts the customer receives, and which character makes it more than it need be.

import { segments } from "./segments";

export function SegmentCount({ text }: { text: string }) {
  const { parts, left, culprit } = segments(text);
  if (parts === 0) return null;
  return (
    <p class="segments" aria-live="off">
      {parts === 1 ? "1 text" : `${parts} texts`}, {left} left
      {culprit && (
        <span class="culprit">
          <q>{culprit}</q> makes a text hold 70 characters, not 160
        </span>
      )}
    </p>
  );
}
