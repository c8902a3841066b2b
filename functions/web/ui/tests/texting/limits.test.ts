import { describe, expect, it } from "vitest";
import { type DraftFile, whyFilesWait } from "../../src/inbox/composer/files";
import { LIMITS, whyNotThis } from "../../src/inbox/composer/limits";

const MB = 1024 * 1024;

function file(patch: Partial<DraftFile> = {}): DraftFile {
  const names = { key: "k", id: "u1", filename: "front.jpg", content_type: "image/jpeg", from: "" };
  return { ...names, size: 1000, sent: 1, state: "ready", reason: "", ...patch };
}

describe("one file", () => {
  it.each([
    ["sms", "image/jpeg", 5 * MB, ""],
    ["sms", "image/jpeg", 5 * MB + 1, "a text takes 5 MB"],
    ["sms", "application/pdf", 500 * 1024, ""],
    ["sms", "application/pdf", 500 * 1024 + 1, "a text takes 500 KB"],
    ["sms", "text/x-vcard", 1000, ""],
    ["sms", "application/zip", 1000, "A text cannot carry front: send it by mail"],
    ["whatsapp", "image/png", 5 * MB, ""],
    ["whatsapp", "image/gif", 1000, "A WhatsApp message cannot carry front"],
    ["whatsapp", "application/pdf", 16 * MB, ""],
    ["whatsapp", "video/mp4", 17 * MB, "a whatsapp message takes 16 MB"],
    ["email", "application/zip", 9 * MB, ""],
  ] as const)("by %s of type %s with %i bytes", (channel, type, size, words) => {
    const why = whyNotThis(LIMITS[channel], { name: "front", type, size });
    expect(words ? why : why === "").toEqual(words ? expect.stringContaining(words) : true);
  });
});

describe("files that were added for another channel", () => {
  it("are more than a text takes", () => {
    const many = Array.from({ length: 11 }, (_, at) => file({ key: `k${at}` }));
    expect(whyFilesWait(many, LIMITS.email)).toBe("");
    expect(whyFilesWait(many, LIMITS.sms)).toContain("A text takes 10 files, 5 MB together");
    expect(whyFilesWait([file(), file({ key: "b" })], LIMITS.whatsapp)).toContain("takes one file");
  });

  it("together are too large", () => {
    expect(whyFilesWait([file({ size: 3 * MB }), file({ size: 3 * MB })], LIMITS.sms)).toContain(
      "5 MB together",
    );
  });

  it("are of a type that it cannot carry", () => {
    expect(
      whyFilesWait([file({ filename: "all.zip", content_type: "application/zip" })], LIMITS.sms),
    ).toContain("cannot carry all.zip");
  });
});
