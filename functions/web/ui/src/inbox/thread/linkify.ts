// Finds web addresses in plain text, so that they can be opened without the text ever becoming HTML.

export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/g;

/** The whole text, cut at its addresses. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { 0: href, index } of text.matchAll(ADDRESS)) {
    if (index > at) found.push({ text: text.slice(at, index), href: null });
    found.push({ text: href, href });
    at = index + href.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), href: null });
  return found;
}
