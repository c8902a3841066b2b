// Puts marks around what is selected, the ones that the sender turns into bold, italic, lists and links.

export type Mark = "bold" | "italic" | "bullets" | "link";

export interface Selected {
  text: string;
  /** Where the selection begins and ends, in UTF-16 units. */
  from: number;
  to: number;
}

const AROUND = { bold: "**", italic: "*" } as const;
const ADDRESS = "https://";

/** The text with the mark, or without it where it stood already, and what is selected then. */
export function marked(selected: Selected, mark: Mark): Selected {
  if (mark === "bullets") return bulleted(selected);
  if (mark === "link") return linked(selected);
  return wrapped(selected, AROUND[mark]);
}

function wrapped({ text, from, to }: Selected, sign: string): Selected {
  const [before, inside, after] = cut(text, from, to);
  if (before.endsWith(sign) && after.startsWith(sign) && isWhole(before, sign)) {
    const at = from - sign.length;
    const bare = before.slice(0, at) + inside + after.slice(sign.length);
    return { text: bare, from: at, to: to - sign.length };
  }
  return {
    text: before + sign + inside + sign + after,
    from: from + sign.length,
    to: to + sign.length,
  };
}

/** The second star of a bold mark is not an italic one. */
function isWhole(before: string, sign: string): boolean {
  return sign !== AROUND.italic || !before.endsWith(AROUND.bold);
}

/** The address is selected, to be typed over. */
function linked({ text, from, to }: Selected): Selected {
  const [before, inside, after] = cut(text, from, to);
  const words = inside || "words";
  const start = before.length + words.length + 3;
  return {
    text: `${before}[${words}](${ADDRESS})${after}`,
    from: start,
    to: start + ADDRESS.length,
  };
}

function bulleted({ text, from, to }: Selected): Selected {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const [before, lines, after] = cut(text, start, to);
  const all = lines.split("\n");
  const listed = all.every((line) => line.startsWith("- "));
  const changed = all.map((line) => (listed ? line.slice(2) : `- ${line}`)).join("\n");
  return { text: before + changed + after, from: start, to: start + changed.length };
}

function cut(text: string, from: number, to: number): [string, string, string] {
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}
