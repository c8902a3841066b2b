import { describe, expect, it } from "vitest";
import { outsiders, participants, recipientsLine } from "../../src/inbox/mail/participants";
import { sameSubject } from "../../src/inbox/mail/subject";
import { BY_ANA, BY_EVA, conversation, mail, message, SUPPORT } from "../fake/company";

const box = (address: string, name = "") => ({ name, address });
const TOM = box("tom@example.org", "Tom Baker");
const nobody = { to: [], cc: [], bcc: [] };

describe("the line of recipients", () => {
  it("names who got it and who got a copy", () => {
    expect(recipientsLine({ to: [SUPPORT], cc: [TOM], bcc: [] })).toBe("to Store, cc Tom Baker");
  });

  it("counts those whom it has no room for", () => {
    const many = ["a", "b", "c", "d", "e"].map((name) => box(`${name}@example.org`));
    expect(recipientsLine({ ...nobody, to: many })).toBe(
      "to a@example.org, b@example.org, c@example.org and 2 more",
    );
  });

  it("is empty where a mail names nobody", () => {
    expect(recipientsLine(nobody)).toBe("");
  });
});

describe("the people of a conversation", () => {
  const mails = [
    message({ id: "m1", channel: "email", author: BY_EVA, mail: mail({ cc: [TOM] }) }),
    message({ id: "m2", channel: "email", author: BY_ANA, direction: "outbound", mail: mail({ to: [TOM] }) }),
    message({ id: "m3", text: "a text has no addresses" }),
  ];
  const head = conversation({ id: "c1", contact: { id: "ct", ...box("eva@example.org", "Eva Lind") } });

  const circle = { conversation: head, messages: mails, newDomains: [] };

  it("are everybody whom its mails name, the customer first and each once", () => {
    expect(participants(head, mails).map(({ address }) => address)).toEqual([
      "eva@example.org",
      "store@example.com",
      "tom@example.org",
    ]);
  });

  it("do not include a telephone number", () => {
    expect(participants(conversation({ id: "c1" }), [])).toEqual([]);
  });

  it("make an address at any other domain an outsider", () => {
    expect(outsiders([TOM, box("x@rival.example")], circle)).toEqual([box("x@rival.example")]);
  });

  it("leave it to the server which domains are new", () => {
    expect(outsiders([TOM], { ...circle, newDomains: ["example.org"] })).toEqual([TOM]);
  });

  it("do not include a stranger who wrote into it, even from the customer's own provider", () => {
    const mallory = { ...BY_EVA, address: "mallory@example.org" };
    const intruding = message({
      id: "m4",
      channel: "email",
      author: mallory,
      mail: mail({ unverified: true }),
    });
    const address = box("mallory@example.org", "Eva Lind");
    expect(outsiders([address, TOM], { ...circle, messages: [...mails, intruding] })).toEqual([address]);
  });
});

it.each([
  ["Re: Lamp", "Lamp"],
  ["AW: WG: Lamp", "lamp"],
  ["回复：Lamp", "Lamp"],
  ["Re[2]:  Lamp ", "Lamp"],
])("%s is the same subject as %s", (one, other) => expect(sameSubject(one, other)).toBe(true));

it("a subject that only begins like a mark is another one", () => {
  expect(sameSubject("Recent order", "cent order")).toBe(false);
});
