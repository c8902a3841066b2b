import { beforeEach, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../src/inbox/composer/limits";
import { addFiles, pasteImages, removeFile, retryFile } from "../../src/inbox/composer/uploads";
import { putDraft } from "../../src/store";
import { EMPTY_DRAFT } from "../../src/inbox/composer/draft";
import { type Bench, bench } from "../app";

let { app, fake }: Bench = bench();
const files = () => app.store.drafts.value.get("c1")?.files ?? [];
const states = () => files().map(({ filename, state }) => `${filename} ${state}`);
const pdf = (name = "bill.pdf") => new File(["%PDF"], name, { type: "application/pdf" });
const keyOf = (filename: string) => files().find((file) => file.filename === filename)?.key ?? "";

beforeEach(() => {
  ({ app, fake } = bench());
});

describe("a file that is attached", () => {
  it("is announced to the server, brought to the bucket and ready", async () => {
    await addFiles(app, "c1", [pdf(), pdf("map.pdf")], LIMITS.email);
    expect(files()).toMatchObject([
      { filename: "bill.pdf", content_type: "application/pdf", size: 4, state: "ready", id: "u1" },
      { filename: "map.pdf", state: "ready", id: "u2" },
    ]);
    expect(fake.requests).toEqual(["POST /uploads", "POST /uploads"]);
  });

  it("that is too large is left out before anything is sent, and the limit is named", async () => {
    const large = pdf("film.mp4");
    Object.defineProperty(large, "size", { value: LIMITS.email.total + 1 });
    await addFiles(app, "c1", [large, pdf()], LIMITS.email);
    expect(states()).toEqual(["bill.pdf ready"]);
    expect(app.store.toasts.value[0]?.text).toContain("one mail takes 20 files, 10 MB together");
  });

  it("that fails stays, says why and can be tried again", async () => {
    vi.spyOn(app.api, "upload").mockRejectedValueOnce(new Error("The line was cut."));
    await addFiles(app, "c1", [pdf()], LIMITS.email);
    expect(files()).toMatchObject([{ state: "failed", reason: "The line was cut." }]);
    await retryFile(app, "c1", keyOf("bill.pdf"));
    expect(states()).toEqual(["bill.pdf ready"]);
  });

  it("can be taken out while it is on its way", async () => {
    vi.spyOn(app.api, "upload").mockImplementationOnce(
      (_ticket, _file, _progress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("aborted")));
          queueMicrotask(() => removeFile(app, "c1", keyOf("bill.pdf")));
        }),
    );
    await addFiles(app, "c1", [pdf()], LIMITS.email);
    expect(files()).toEqual([]);
  });
});

describe("a picture that is pasted", () => {
  const picture = new File(["PNG"], "image.png", { type: "image/png" });

  it("stands among the words where the caret was", async () => {
    putDraft(app.store, "c1", { ...EMPTY_DRAFT, reply: "See  here" });
    await pasteImages(app, "c1", [picture], 4);
    expect(app.store.drafts.value.get("c1")?.reply).toBe("See ![image.png](upload:u1) here");
  });

  it("leaves the words when it is removed", async () => {
    await pasteImages(app, "c1", [picture], 0);
    removeFile(app, "c1", keyOf("image.png"));
    expect(app.store.drafts.value.get("c1")).toMatchObject({ reply: "", files: [] });
  });
});
