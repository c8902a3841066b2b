// An open conversation on a screen, and what an agent does to its composer, for the tests of texts.

import { act } from "preact/test-utils";
import { loadThread } from "../../src/inbox/loading";
import { TextingDialogs } from "../../src/inbox/texting/dialogs";
import { ThreadPane } from "../../src/inbox/thread/thread";
import type { Bench } from "../app";
import { click, find, press, settled, show } from "../screen";

export const MARIA = "+15550100";

export const field = () => find("textarea[aria-label='Your reply']") as HTMLTextAreaElement;
export const composer = () => find(".composer").textContent ?? "";
export const send = () => press(field(), "Enter", { ctrlKey: true });

/** How many replies the server was sent. */
export function sent({ fake }: Bench): number {
  return fake.requests.filter((request) => request.endsWith("/replies")).length;
}

export async function open({ app }: Bench): Promise<void> {
  await loadThread(app, "c1");
  await show(
    app,
    <>
      <ThreadPane id="c1" />
      <TextingDialogs />
    </>,
  );
  await act(settled);
}

/** What a click opens may ask the server something. */
export async function tap(element: HTMLElement): Promise<void> {
  await click(element);
  await act(settled);
}

export async function choose(selector: string, value: string): Promise<void> {
  await act(async () => {
    const select = find(selector) as HTMLSelectElement;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  });
}

/** Take another channel. */
export async function by(channel: string): Promise<void> {
  const pills = [...document.querySelectorAll(".channels label")];
  const pill = pills.find((each) => each.textContent?.includes(channel));
  await act(async () => {
    pill?.querySelector("input")?.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  });
  await act(settled);
}
