import { expect, it } from "vitest";
import { folded } from "../../src/inbox/thread/folding";

const MAIL = "Yes, please.\n\nEva\n\nOn Monday, Store wrote:\n> Shall we send it?\n> Ana";

it("shows what is new and folds the history", () => {
  expect(folded(MAIL, "Yes, please.\n\nEva")).toEqual({
    visible: "Yes, please.\n\nEva",
    quoted: "On Monday, Store wrote:\n> Shall we send it?\n> Ana",
  });
});

it("keeps an answer that stands between quotes visible and the quotes around it folded", () => {
  const { visible, quoted } = folded("> One?\nYes.\n> Two?\nNo.", "Yes.\nNo.");
  expect(visible).toBe("Yes.\nNo.");
  expect(quoted).toBe("> One?\n> Two?");
});

it("folds nothing where all of it is new, or nothing is", () => {
  expect(folded("Yes.\n", "Yes.")).toEqual({ visible: "Yes.\n", quoted: "" });
  expect(folded("> only a quote", "")).toEqual({ visible: "> only a quote", quoted: "" });
});

it("holds the whole text behind the fold when the new words were put together anew", () => {
  expect(folded(MAIL, "Yes, please. Eva")).toEqual({ visible: "Yes, please. Eva", quoted: MAIL });
});

it("loses no line of any text", () => {
  const { visible, quoted } = folded(MAIL.replaceAll("\n", "\r\n"), "Yes, please.\nEva");
  const shown = `${visible}\n${quoted}`.split(/\r?\n/).filter(Boolean).sort();
  expect(shown).toEqual(MAIL.split("\n").filter(Boolean).sort());
});
