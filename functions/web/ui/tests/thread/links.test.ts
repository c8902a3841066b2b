import { describe, expect, it } from "vitest";
import { loadThread } from "../../src/inbox/loading";
import { freshLink, isStale } from "../../src/inbox/thread/links";
import { bench } from "../app";
import { attachment, message } from "../fake/company";

const signed = "https://b.s3.amazonaws.com/k?X-Amz-Date=20260302T090000Z&X-Amz-Expires=300&X-Amz-Signature=s";
const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);

describe("a presigned link", () => {
  it("runs out when it says so", () => {
    expect([isStale(signed, at("09:04:00")), isStale(signed, at("09:05:00"))]).toEqual([false, true]);
  });

  it("of the older signature does as well", () => {
    const older = `https://b.s3.amazonaws.com/k?Expires=${at("09:05:00") / 1000}&Signature=s`;
    expect([isStale(older, at("09:04:00")), isStale(older, at("09:05:00"))]).toEqual([false, true]);
  });

  it("that names no end does not run out", () => {
    expect([isStale("/icon.svg", at("09:05:00")), isStale("https://example.com/a", at("09:05:00"))]).toEqual([
      false,
      false,
    ]);
  });
});

it("a fresh link is found however far back its message is", async () => {
  const { app, fake } = bench();
  const old = message({
    id: "m0",
    at: "2026-03-01T09:00:00Z",
    attachments: [attachment({ id: "a1", url: "fresh" })],
  });
  fake.messages.unshift(old);
  fake.pageSize = 1;
  await loadThread(app, "c1");
  expect(await freshLink(app, old, "a1")).toBe("fresh");
  expect(await freshLink(app, old, "gone")).toBeNull();
});
