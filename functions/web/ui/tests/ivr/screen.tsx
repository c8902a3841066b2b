// The page of a voice menu on a screen, and what a person does there.

import { render } from "preact";
import { act } from "preact/test-utils";
import { vi } from "vitest";
import { AppContext } from "../../src/app-context";
import { CHECK_AFTER_MS } from "../../src/ivr/editor";
import { MenuPage } from "../../src/ivr/page";
import { type Bench, bench } from "../app";

export let { app, fake }: Bench = bench();

export const text = () => document.body.textContent ?? "";
export const labelled = <T extends HTMLElement>(label: string): T => {
  const named = [...document.querySelectorAll("label")].find((each) => each.textContent === label);
  const found = named
    ? document.getElementById(named.htmlFor)
    : document.querySelector(`[aria-label="${label}"]`);
  if (!found) throw new Error(`There is no field “${label}”.`);
  return found as T;
};
export const button = (name: string): HTMLButtonElement => {
  const all = [...document.querySelectorAll("button")];
  const found = all.find(
    (each) => each.textContent?.trim() === name || each.getAttribute("aria-label") === name,
  );
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
};
export const press = (name: string) => act(() => button(name).click());
export const row = (name: string) =>
  act(() => {
    const rows = [...document.querySelectorAll<HTMLButtonElement>(".ivr-row")];
    rows.find((each) => each.textContent?.startsWith(name))?.click();
  });
export const type = (label: string, value: string) =>
  act(() => {
    const field = labelled<HTMLInputElement>(label);
    field.value = value;
    field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  });
export const checkedAgain = () => act(async () => void (await vi.advanceTimersByTimeAsync(CHECK_AFTER_MS)));
export const settled = () => act(async () => void (await vi.advanceTimersByTimeAsync(0)));

export async function show(): Promise<void> {
  await act(() =>
    render(
      <AppContext.Provider value={app}>
        <MenuPage inbox="support" />
      </AppContext.Provider>,
      document.body,
    ),
  );
  await settled();
}

export function begin(): void {
  vi.useFakeTimers();
  ({ app, fake } = bench("#/menus/support"));
}

export const leave = () => act(() => render(null, document.body));

export function end(): void {
  void leave();
  vi.useRealTimers();
}
