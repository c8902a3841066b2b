// Divides a plain-text mail into what its author wrote and what they quoted, without losing a line of either.

export interface Folded {
  visible: string;
  /** What stays behind the fold; empty where nothing is folded. */
  quoted: string;
}

/** `visible` is what the server found to be new in `text`. If it is not part of it, the fold holds everything. */
export function folded(text: string, visible: string): Folded {
  if (!visible.trim() || visible.trim() === text.trim()) return { visible: text, quoted: "" };
  const rest = without(linesOf(text), linesOf(visible));
  return { visible, quoted: rest === null ? text : trimmed(rest) };
}

/** The lines of `all` that are left when `some` are taken out in their order, or null if one of them is not there. */
function without(all: readonly string[], some: readonly string[]): string[] | null {
  const wanted = some.filter((line) => line.trim() !== "");
  let at = 0;
  const rest = all.filter((line) => {
    const taken = at < wanted.length && line.trim() === wanted[at]?.trim();
    if (taken) at += 1;
    return !taken;
  });
  return at === wanted.length ? rest : null;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function trimmed(lines: readonly string[]): string {
  return lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replace(/^\s*\n|\s+$/g, "");
}
