// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { mailDocument } from "../../src/inbox/thread/mail-document";
import { attachment } from "../fake/company";

const style = "https://inbox.example.com/assets/mail.css";
const picture = attachment({ content_id: "lamp@mail", url: "https://bucket.example.com/lamp.png?a=1&b=2" });
const shown = (html: string) => mailDocument({ html, attachments: [picture], style });

describe("an HTML mail", () => {
  it("may fetch our style and our bucket and nothing else", () => {
    const { source } = shown("<p>Hello</p>");
    expect(source).toContain("default-src 'none'; style-src https://inbox.example.com");
    expect(source).toContain("img-src data: https://bucket.example.com");
    expect(source).not.toContain("script-src");
  });

  it("shows the pictures that came with it", () => {
    const { source, leftOut } = shown('<img src="cid:lamp@mail">');
    expect(source).toContain('src="https://bucket.example.com/lamp.png?a=1&amp;b=2"');
    expect(leftOut).toBe(0);
  });

  it("leaves out the pictures of the internet and says how many", () => {
    const { source, leftOut } = shown(
      '<img src="https://tracker.example.com/x.gif" alt="Our logo"><img src=//t.co/y>',
    );
    expect(source).not.toContain("tracker");
    expect(source).toContain("Our logo");
    expect(leftOut).toBe(2);
  });

  it("cannot close the head or change the policy from its attachments", () => {
    const odd = attachment({ url: `https://x.example.com/"><script>` });
    const { source } = mailDocument({ html: "", attachments: [odd], style });
    expect(source).not.toContain("<script");
  });
});
