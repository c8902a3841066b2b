// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { mailDocument } from "../../src/inbox/thread/mail-document";
import { attachment } from "../fake/company";

const style = "https://inbox.example.com/assets/mail.css";
const picture = attachment({ content_id: "lamp@mail", url: "https://bucket.example.com/lamp.png?a=1&b=2" });
const remoteImages = ["https://shop.example.com/logo.png", "http://shop.example.com/old.png"];
const shown = (html: string, showRemote = false) =>
  mailDocument(html, { attachments: [picture], remoteImages, showRemote, style });

describe("an HTML mail", () => {
  it("may fetch our style and our bucket and nothing else", () => {
    const source = shown("<p>Hello</p>");
    expect(source).toContain("default-src 'none'; style-src https://inbox.example.com;");
    expect(source).toContain("img-src https://bucket.example.com;");
    expect(source).not.toContain("script-src");
  });

  it("shows the pictures that came with it", () => {
    expect(shown('<img src="cid:lamp@mail">')).toContain(
      'src="https://bucket.example.com/lamp.png?a=1&amp;b=2"',
    );
  });

  it("shows the words of a picture that is not there, and never a picture without an id", () => {
    const lost = mailDocument('<img src="cid:" alt="Our lamp">', {
      attachments: [attachment({ content_id: "", url: "https://bucket.example.com/other.png" })],
      remoteImages,
      showRemote: true,
      style,
    });
    expect(lost).toContain("Our lamp");
    expect(lost).not.toContain("other.png");
  });

  it("cannot close the head or change the policy from its attachments", () => {
    const odd = attachment({ url: `https://x.example.com/"><script>` });
    const source = mailDocument("", { attachments: [odd], remoteImages, showRemote: false, style });
    expect(source).not.toContain("<script");
  });

  it("stays on white if it brings colours, and takes the inbox's page if not", () => {
    expect(shown('<p style="color:#333">x</p>')).toContain('class="coloured">');
    expect(shown("<p>x</p>")).toContain('class="plain">');
  });
});

describe("pictures of the internet", () => {
  it("keep their place and words, and are not fetched", () => {
    const source = shown('<img data-remote="0" alt="Our logo">');
    expect(source).toContain('<img data-remote="0" alt="Our logo">');
    expect(source).not.toContain("shop.example.com");
    expect(source).not.toContain("https:;");
  });

  it("are fetched over https when the agent asks", () => {
    const source = shown('<img data-remote="0"><img data-remote="1">', true);
    expect(source).toContain('src="https://shop.example.com/logo.png"');
    expect(source).toContain('src="https://shop.example.com/old.png"');
    expect(source).toContain("img-src https://bucket.example.com https:;");
  });

  it("are left out when the list does not know their number", () => {
    for (const number of ["7", "-1", "length", "toString"])
      expect(shown(`<img data-remote="${number}">`, true)).not.toContain("src=");
  });

  it("are left out when the server did not list them", () => {
    expect(shown('<img src="https://tracker.example.com/x.gif" alt="x">', true)).not.toContain("tracker");
  });

  it("are never fetched when they only report", () => {
    const pixels =
      '<img data-remote="0" width="1" height="1"><img data-remote="1" style="width:0px"><img data-remote="0" height="40">';
    expect(shown(pixels, true).match(/src="https:/g)).toHaveLength(1);
  });
});

describe("a link in a mail", () => {
  it("opens in a tab of its own, says where it leads and tells nobody where it was", () => {
    const source = shown('<a href="https://shop.example.com/order">Your order</a>');
    expect(source).toContain('title="https://shop.example.com/order"');
    expect(source).toContain('target="_blank"');
    expect(source).toContain('rel="noopener noreferrer nofollow"');
  });

  it("cannot run a script", () => {
    expect(shown('<a href="javascript:alert(1)">x</a><a href="/api">y</a>')).not.toContain('href="j');
    expect(shown('<a href="/api">y</a>')).not.toContain('href="/');
  });

  it("is marked when its words name another host", () => {
    const source = shown('<a href="https://evil.example/login">www.bank.example</a>');
    expect(source).toContain('<span class="elsewhere">(leads to evil.example)</span>');
  });
});
