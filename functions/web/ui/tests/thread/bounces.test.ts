import { describe, expect, it } from "vitest";
import { bounceWords } from "../../src/inbox/thread/bounces";

const about = (status: string, action = "failed") =>
  bounceWords([{ recipient: "eva@example.org", action, status, diagnostic: "550 no" }]);

describe("a mail that came back", () => {
  it.each([
    ["5.1.1", "the mailbox does not exist", "Check the address, then send again."],
    ["5.2.2", "the mailbox is full", "Send again later, or reach the customer another way."],
    ["5.7.26", "their server refused it", "Reach the customer another way."],
    ["", "their server gave no reason", "Check the address, then send again."],
  ])("with %s says to whom, why and what next", (status, why, next) => {
    expect(about(status)[0]).toMatchObject({ bad: true, what: `Not delivered to eva@example.org: ${why}.` });
    expect(about(status)[0]?.next).toContain(next);
  });

  it("names every recipient who did not get it", () => {
    const failed = { action: "failed", status: "5.1.1", diagnostic: "" };
    const both = ["eva@example.org", "tom@example.org"].map((recipient) => ({ ...failed, recipient }));
    expect(bounceWords(both).map(({ what }) => what.slice(0, 31))).toEqual([
      "Not delivered to eva@example.or",
      "Not delivered to tom@example.or",
    ]);
  });
});

it("a delay is no failure, and a success no news", () => {
  expect(about("4.4.1", "delayed")).toMatchObject([{ bad: false, next: "" }]);
  expect(about("2.0.0", "delivered")).toEqual([]);
});
