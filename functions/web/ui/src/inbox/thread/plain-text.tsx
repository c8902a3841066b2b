// Text as its author typed it, its web addresses made into links; in a mail of ours also the marks.

import { pieces } from "./linkify";
import { type Marked, marksOf } from "./marks";

export function PlainText({ text }: { text: string }) {
  return (
    <p class="text">
      <Linked text={text} />
    </p>
  );
}

export function MarkedText({ text }: { text: string }) {
  return (
    <p class="text">
      {marksOf(text).map((piece, index) => (
        <Piece key={index} piece={piece} />
      ))}
    </p>
  );
}

function Piece({ piece: { text, look, href } }: { piece: Marked }) {
  if (href) return <Link href={href} text={text} />;
  if (look === "bold") return <strong>{text}</strong>;
  if (look === "italic") return <em>{text}</em>;
  return look === "picture" ? <>[{text}]</> : <Linked text={text} />;
}

function Linked({ text }: { text: string }) {
  return pieces(text).map(({ text: piece, href }, index) =>
    href ? <Link key={index} href={href} text={piece} /> : piece,
  );
}

function Link({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
