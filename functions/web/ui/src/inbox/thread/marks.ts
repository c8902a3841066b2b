// Reads the marks that an agent writes in a mail, so that the timeline shows them as the customer sees them.
// The sender has the last word on the dialect (docs/decisions/0025-sending-mail.md); what is not known here stays text.

export interface Marked {
  text: string;
  look: "plain" | "bold" | "italic" | "picture";
  href: string | null;
}

const MARKS = new RegExp(
  [
    /!\[(?<picture>[^\]\n]{0,200})\]\(upload:[\w-]{1,100}\)/,
    /\[(?<label>[^[\]\n]{1,1000})\]\((?<href>https?:\/\/[^\s()<>"']{1,2000})\)/,
    /\*\*(?=\S)(?<bold>[^\n]{1,1000}?)(?<=\S)\*\*/,
    /(?<![\w*])\*(?=[^\s*])(?<italic>[^\n*]{1,1000})(?<=\S)\*(?![\w*])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** The whole text, cut at its marks. */
export function marksOf(text: string): Marked[] {
  const found: Marked[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > at) found.push(plain(text.slice(at, match.index)));
    found.push(read(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push(plain(text.slice(at)));
  return found;
}

/** The words alone, for a line that has no room for looks. */
export function unmarked(text: string): string {
  return marksOf(text)
    .map((piece) => piece.text)
    .join("");
}

function read({ picture, label, href, bold, italic }: Record<string, string | undefined>): Marked {
  if (picture !== undefined) return { text: picture, look: "picture", href: null };
  if (label !== undefined) return { text: label, look: "plain", href: href ?? null };
  return { text: bold ?? italic ?? "", look: bold === undefined ? "italic" : "bold", href: null };
}

function plain(text: string): Marked {
  return { text, look: "plain", href: null };
}
