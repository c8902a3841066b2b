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
    const known = participants(head, mails);
    expect(outsiders([TOM, box("x@rival.example")], known, [])).toEqual([box("x@rival.example")]);
  });

  it("leave it to the server which domains are new", () => {
    expect(outsiders([TOM], participants(head, mails), ["example.org"])).toEqual([TOM]);
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
