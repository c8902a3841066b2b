// A prompt in its short and in its long form: a person writes the short one, a form needs every language. Pure.

import type { Prompt, Spoken } from "./types";

export type ByLanguage = Record<string, Spoken>;

const isSpoken = (value: object): value is Spoken =>
  Object.keys(value).every((key) => key === "text" || key === "audio");

/** Every language's words and recording; `own` is the language of a prompt that names none. */
export function spelledOut(prompt: Prompt | undefined, own: string): ByLanguage {
  if (prompt === undefined || prompt === "") return {};
  if (typeof prompt === "string") return { [own]: { text: prompt } };
  if (isSpoken(prompt)) return { [own]: prompt };
  const each = Object.entries(prompt).map(([tag, said]) => [
    tag,
    typeof said === "string" ? { text: said } : said,
  ]);
  return Object.fromEntries(each);
}

/** The shortest form that says the same; empty where nothing is said. */
export function shortened(spoken: ByLanguage, own: string): Prompt {
  const said = Object.entries(spoken)
    .map(([tag, each]) => [tag, plain(each)] as const)
    .filter(([, each]) => each !== "");
  const [first] = said;
  if (first === undefined) return "";
  return said.length === 1 && first[0] === own ? first[1] : Object.fromEntries(said);
}

function plain({ text = "", audio = "" }: Spoken): string | Spoken {
  return audio ? { audio, ...(text ? { text } : {}) } : text;
}
