import { describe, expect, it } from "vitest";
import { segments } from "../../src/inbox/composer/segments";

describe("a text is counted as the network counts it", () => {
  it.each([
    ["nothing", "", { encoding: "GSM-7", units: 0, parts: 0, left: 160 }],
    ["one full text", "a".repeat(160), { encoding: "GSM-7", units: 160, parts: 1, left: 0 }],
    [
      "one character too many makes two",
      "a".repeat(161),
      { encoding: "GSM-7", units: 161, parts: 2, left: 145 },
    ],
    ["three full parts", "a".repeat(459), { encoding: "GSM-7", units: 459, parts: 3, left: 0 }],
    ["a euro sign takes two", "€".repeat(80), { encoding: "GSM-7", units: 160, parts: 1, left: 0 }],
    [
      "accents of the alphabet cost nothing",
      "èéùìòÇäöñü",
      { encoding: "GSM-7", units: 10, parts: 1, left: 150 },
    ],
    ["line breaks count as one", "a\nb", { encoding: "GSM-7", units: 3, parts: 1, left: 157 }],
    ["one full text of other letters", "я".repeat(70), { encoding: "UCS-2", units: 70, parts: 1, left: 0 }],
    ["and one too many", "я".repeat(71), { encoding: "UCS-2", units: 71, parts: 2, left: 63 }],
    ["an emoji takes two", "😀", { encoding: "UCS-2", units: 2, parts: 1, left: 68 }],
  ] as const)("%s", (_promise, text, expected) => {
    expect(segments(text)).toMatchObject(expected);
  });

  it("never divides a character of two units between two parts", () => {
    expect(segments(`${"a".repeat(152)}€${"a".repeat(10)}`)).toMatchObject({ parts: 2, left: 153 - 12 });
    expect(segments(`${"я".repeat(66)}😀${"я".repeat(10)}`)).toMatchObject({ parts: 2, left: 67 - 12 });
  });

  it("names the character that makes the text dearer", () => {
    expect(segments("It’s “ready”").culprit).toBe("’");
    expect(segments('It\'s "ready"').culprit).toBeNull();
  });
});
