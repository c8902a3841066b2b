import { describe, expect, it } from "vitest";
import { formatMailbox, isAddress, joined, parseMailboxes } from "../../src/inbox/mail/mailbox";

const addresses = (text: string) => parseMailboxes(text).map(({ address }) => address);

describe("what somebody types or pastes as recipients", () => {
  it("is divided at commas, semicolons and line ends", () => {
    expect(addresses("a@example.org, b@example.org; c@example.org\nd@example.org")).toEqual([
      "a@example.org",
      "b@example.org",
      "c@example.org",
      "d@example.org",
    ]);
  });

  it("keeps names, and a comma inside of quotes divides nothing", () => {
    expect(parseMailboxes('"Lind, Eva" <eva@example.org>, Tom Baker <tom@example.org>')).toEqual([
      { name: "Lind, Eva", address: "eva@example.org" },
      { name: "Tom Baker", address: "tom@example.org" },
    ]);
  });

  it("may be a copied link", () => {
    expect(addresses("mailto:eva@example.org")).toEqual(["eva@example.org"]);
  });

  it("is kept when it is wrong, so that it can be mended", () => {
    expect(addresses('eva@, "half <open')).toEqual(["eva@", '"half <open']);
  });

  it("is nothing where there are only separators", () => {
    expect(parseMailboxes(" , ;\n<>")).toEqual([]);
  });

  it("takes time in proportion to its length, whatever it is", () => {
    expect(parseMailboxes('"'.repeat(50_000)).length).toBe(1);
    expect(parseMailboxes("<".repeat(50_000)).length).toBe(1);
  });
});

describe("an address", () => {
  it.each(["eva@example.org", "eva.lind+lamp@mail.example.org", "o'hara@example.org", "eva@bücher.example"])(
    "%s can be written to",
    (address) => expect(isAddress(address)).toBe(true),
  );

  it.each([
    "eva",
    "eva@",
    "@example.org",
    "eva@example",
    "eva@@example.org",
    "e va@example.org",
    "eva@example..org",
  ])("%s cannot", (address) => expect(isAddress(address)).toBe(false));

  it("longer than a mail server takes cannot be written to", () => {
    expect(isAddress(`${"e".repeat(250)}@example.org`)).toBe(false);
  });
});

it("a mailbox is written so that it can be read back", () => {
  const mailboxes = [
    { name: 'Lind, "Eva"', address: "eva@example.org" },
    { name: "", address: "tom@example.org" },
  ];
  expect(parseMailboxes(mailboxes.map(formatMailbox).join(", "))).toEqual(mailboxes);
});

it("an address stands in a list once, however it is capitalised", () => {
  const eva = { name: "Eva", address: "eva@example.org" };
  expect(joined([eva], [{ name: "", address: "EVA@example.org" }])).toEqual([eva]);
});
