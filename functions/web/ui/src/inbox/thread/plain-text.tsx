// Text as its author typed it, its web addresses made into links.

import { pieces } from "./linkify";

export function PlainText({ text }: { text: string }) {
  return (
    <p class="text">
      {pieces(text).map(({ text: piece, href }, index) =>
        href ? (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </p>
  );
}
