import { describe, expect, it } from "vitest";
import { destination, leadsElsewhere } from "../../src/inbox/thread/mail-links";

const elsewhere = (words: string, href: string) => leadsElsewhere(words, new URL(href));

describe("where a link leads", () => {
  it("is an absolute address that a person may follow", () => {
    expect(destination("https://a.example/x")?.host).toBe("a.example");
    expect(destination("mailto:a@b.example")?.href).toBe("mailto:a@b.example");
    for (const href of ["", "/x", "//a.example", "javascript:alert(1)", "data:text/html,x", "java\nscript:x"])
      expect(destination(href)).toBeNull();
  });

  it("shows a look-alike host as the network spells it", () => {
    expect(destination("https://b\u0430nk.example")?.host).toBe("xn--bnk-6cd.example");
  });
});

describe("a link's words", () => {
  it("that name another host deceive", () => {
    expect(elsewhere("www.bank.example", "https://evil.example/")).toBe(true);
    expect(elsewhere("https://bank.example/login?a=b", "http://evil.example/")).toBe(true);
    expect(elsewhere("bank.example", "https://bank.example.evil.example/")).toBe(true);
    expect(elsewhere("bank.example", "https://bank.example@evil.example/")).toBe(true);
  });

  it("that name the same host, or a part of it, do not", () => {
    expect(elsewhere("www.bank.example", "https://bank.example/")).toBe(false);
    expect(elsewhere("bank.example", "https://login.bank.example/x")).toBe(false);
    expect(elsewhere(" BANK.example/help ", "https://bank.example")).toBe(false);
  });

  it("that are only words say nothing about a host", () => {
    expect(elsewhere("Click here", "https://evil.example/")).toBe(false);
    expect(elsewhere("Mr. Smith", "https://evil.example/")).toBe(false);
    expect(elsewhere("write to us", "mailto:a@b.example")).toBe(false);
  });
});
