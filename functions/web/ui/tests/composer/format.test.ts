import { expect, it } from "vitest";
import { type Mark, marked } from "../../src/inbox/composer/format";

/** `‹` and `›` stand around what is selected. */
function pressed(shown: string, mark: Mark): string {
  const from = shown.indexOf("‹");
  const to = shown.indexOf("›") - 1;
  const { text, ...selected } = marked({ text: shown.replaceAll(/[‹›]/g, ""), from, to }, mark);
  return `${text.slice(0, selected.from)}‹${text.slice(selected.from, selected.to)}›${text.slice(selected.to)}`;
}

it.each<[string, Mark, string]>([
  ["a ‹b› c", "bold", "a **‹b›** c"],
  ["a **‹b›** c", "bold", "a ‹b› c"],
  ["a ‹b› c", "italic", "a *‹b›* c"],
  ["a *‹b›* c", "italic", "a ‹b› c"],
  ["a **‹b›** c", "italic", "a ***‹b›*** c"],
  ["‹›", "bold", "**‹›**"],
  ["a ‹b› c", "link", "a [b](‹https://›) c"],
  ["‹›", "link", "[words](‹https://›)"],
  ["one\nt‹wo\nthr›ee", "bullets", "one\n‹- two\n- thr›ee"],
  ["‹- two\n- three›", "bullets", "‹two\nthree›"],
])("%j with %s becomes %j", (before, mark, after) => {
  expect(pressed(before, mark)).toBe(after);
});
