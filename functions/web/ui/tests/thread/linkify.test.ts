import { expect, it } from "vitest";
import { pieces } from "../../src/inbox/thread/linkify";

const links = (text: string) => pieces(text).flatMap(({ href }) => href ?? []);

it("finds addresses and leaves the punctuation around them alone", () => {
  expect(links("See https://example.com/a?b=1, or (http://example.com/c).")).toEqual([
    "https://example.com/a?b=1",
    "http://example.com/c",
  ]);
});

it("opens the web only", () => {
  expect(links("javascript:alert(1) data:text/html,x file:///etc/passwd https://")).toEqual([]);
});

it("loses no character of the text", () => {
  const text = 'a <b> "https://example.com/x" c\nhttps://example.com';
  expect(
    pieces(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});
