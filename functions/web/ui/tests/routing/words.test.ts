import { describe, expect, it } from "vitest";
import { heatSentence } from "../../src/inbox/routing/heat";
import { aheadWords, priorityChoices, priorityName } from "../../src/inbox/routing/priority";
import { mayMove, whyQuestion } from "../../src/inbox/routing/rights";
import { comingOf, counted, secondsTo } from "../../src/inbox/routing/why/coming";
import { unnamed } from "../../src/inbox/routing/why/candidates";
import { ANA, conversation } from "../fake/company";

describe("a priority", () => {
  it.each([
    [1, "Urgent"],
    [2, "Urgent"],
    [3, "High"],
    [4, "High"],
    [5, "Normal"],
    [6, "Low"],
    [99, "Low"],
  ])("of band %i is %s", (band, name) => expect(priorityName(band)).toBe(name));

  it("that is chosen as it is stays as it is", () => {
    expect(priorityChoices(4).map(({ band, name }) => [name, band])).toEqual([
      ["Urgent", 1],
      ["High", 4],
      ["Normal", 5],
      ["Low", 8],
    ]);
  });

  it("says how far ahead it is, and nothing where it is not", () => {
    expect([aheadWords(600), aheadWords(20), aheadWords(0)]).toEqual(["10 min ahead", "1 min ahead", ""]);
  });
});

describe("what agents may move", () => {
  const theirs = conversation({ id: "c1", assignee: "ben" });

  it("is what nobody has and what is theirs", () => {
    expect(mayMove(conversation({ id: "c1", assignee: null }), ANA)).toBe(true);
    expect(mayMove(conversation({ id: "c1", assignee: "ana" }), ANA)).toBe(true);
    expect(mayMove(theirs, ANA)).toBe(false);
  });

  it("is everything for a lead", () => expect(mayMove(theirs, { ...ANA, role: "lead" })).toBe(true));
});

it.each([
  ["ana", "open", "Why me?"],
  ["ben", "open", "Why Ben?"],
  [null, "open", "Why is nobody on it?"],
  [null, "closed", "How was it routed?"],
] as const)("with %s, %s, it is asked: %s", (assignee, status, question) => {
  expect(whyQuestion(conversation({ id: "c1", assignee, status }), ANA)).toBe(question);
});

it("heat is told as one sentence of its signs", () => {
  expect(heatSentence({ heat: ["angry words: “ridiculous”", "escalated to Second line"] })).toBe(
    "Angry words: “ridiculous”; escalated to Second line.",
  );
  expect(heatSentence({ heat: [] })).toBe("Somebody marked it.");
});

describe("what waiting will change", () => {
  const step = {
    index: 0,
    next_in_seconds: 40,
    next_requires: {},
    words: "In 40 s French is not needed any more.",
  };
  const waiting = {
    step,
    pools: [{ name: "over", label: "Second line", open: false, opens_in: 245 }],
    coming: [step.words, "In 4 min the pool Second line is asked as well.", "In 2 min it is everybody's."],
  };

  it("is counted down to the second where the second is known", () => {
    const said = comingOf(waiting).map((each) => counted(each, 28));
    expect(said).toEqual([
      "In 0:12 French is not needed any more.",
      "In 3:37 the pool Second line is asked as well.",
      "In 2 min it is everybody's.",
    ]);
    expect(secondsTo(waiting)).toEqual([40, 245]);
  });

  it("is said to happen once its time has come", () => {
    expect(counted(comingOf(waiting)[0] ?? { words: "", opensIn: 0 }, 41)).toBe(
      "Now French is not needed any more.",
    );
  });
});

describe("agents as numbers", () => {
  const away = { refused: "presence", count: 2, words: "are away", names: ["Ben", "Chloé"] } as const;
  const outside = { refused: "outside", count: 3, words: "do not work in this inbox", names: [] } as const;
  const groups = [
    { ...away, names: [...away.names] },
    { ...outside, names: [] },
  ];
  const ben = { agent: "ben", name: "Ben", rank: null, refused: "presence", words: "is away" } as const;
  const chloe = { ...ben, agent: "chloe", name: "Chloé" };

  it("are told where not all are told by name", () => {
    expect(unnamed([ben], groups).map(({ words }) => words)).toEqual([
      "are away",
      "do not work in this inbox",
    ]);
  });

  it("are not told twice", () => {
    expect(unnamed([ben, chloe], groups).map(({ words }) => words)).toEqual(["do not work in this inbox"]);
  });
});
