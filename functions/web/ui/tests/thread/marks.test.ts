import { expect, it } from "vitest";
import { marksOf, unmarked } from "../../src/inbox/thread/marks";

const shown = (text: string) => marksOf(text).map(({ text: words, look }) => `${look}: ${words}`);

it("shows what an agent wrote as the customer sees it", () => {
  expect(shown("I am **so sorry**, *really*.")).toEqual([
    "plain: I am ",
    "bold: so sorry",
    "plain: , ",
    "italic: really",
    "plain: .",
  ]);
  expect(shown("![lamp.png](upload:Xb3k) here")).toEqual(["picture: lamp.png", "plain:  here"]);
});

it("leaves only the words for the list", () => {
  expect(unmarked("I am **sorry**, see [the form](https://example.com/f) or ![lamp](upload:Xb3k)")).toBe(
    "I am sorry, see the form or lamp",
  );
});

it("opens the web only", () => {
  expect(marksOf("[track it](https://example.com/t)")).toEqual([
    { text: "track it", look: "plain", href: "https://example.com/t" },
  ]);
  expect(shown("[no](javascript:alert(1))")).toEqual(["plain: [no](javascript:alert(1))"]);
});

it.each(["2 * 3 * 4", "a ** b ** c", "snake_case*", "**open", "a*b*c"])("%j has no marks", (text) => {
  expect(shown(text)).toEqual([`plain: ${text}`]);
});
