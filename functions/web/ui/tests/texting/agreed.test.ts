// What the composer says of a text and its files is what the server holds it to: `tests/contracts/test_composer.py`
// reads the same table.
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/inbox/composer/limits";
import { segments } from "../../src/inbox/composer/segments";
import agreed from "./agreed.json";

describe("the composer counts as the server does", () => {
  it.each(agreed.texts)("$text toll-free: $toll_free", ({ text, toll_free: tollFree, ...size }) => {
    const words = text.map(([unit, times]) => String(unit).repeat(Number(times))).join("");
    const { encoding, units, parts, culprit } = segments(words, tollFree);
    expect({ encoding, units, segments: parts, flipped_by: culprit ?? "" }).toEqual(size);
  });
});

describe("the composer takes the files that the server takes", () => {
  it.each(["sms", "whatsapp"] as const)("by %s", (channel) => {
    const { count, total, types } = agreed.files[channel];
    const { most, ...limits } = LIMITS[channel];
    expect(limits).toMatchObject({ count, total });
    expect(Object.fromEntries(Object.keys(types).map((type) => [type, most(type)]))).toEqual(types);
    expect(["text/html", "image/svg+xml", "application/zip", "", "image/jpegx"].map(most)).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });
});
