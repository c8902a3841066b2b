// Puts a part of the inbox on a screen for a test, and does to it what an agent does.

import { type ComponentChildren, render } from "preact";
import { act } from "preact/test-utils";
import { type App, AppContext } from "../src/app-context";

export async function show(app: App, children: ComponentChildren): Promise<void> {
  // happy-dom has dialogs, and nothing of what a browser does with them
  await act(() => render(<AppContext.Provider value={app}>{children}</AppContext.Provider>, document.body));
}

export function clear(): void {
  render(null, document.body);
}

export function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`nothing on screen is ${selector}`);
  return found;
}

/** A button or link by what it is called. */
export function named(name: string): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>("button, a, summary")];
  const found = all.find(
    (each) => (each.ariaLabel ?? each.getAttribute("aria-label") ?? each.textContent?.trim()) === name,
  );
  if (!found) throw new Error(`nothing on screen is called ${name}`);
  return found;
}

export function isThere(name: string): boolean {
  return [...document.querySelectorAll("button")].some(
    (each) => (each.getAttribute("aria-label") ?? each.textContent?.trim()) === name,
  );
}

export async function click(element: HTMLElement): Promise<void> {
  await act(async () => {
    element.click();
    await settled();
  });
}

export async function write(selector: string, text: string): Promise<void> {
  await act(() => {
    const field = find(selector) as HTMLInputElement;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

export async function press(element: HTMLElement, key: string, more: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
    await settled();
  });
}

/** What was asked of the fake API has been answered. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Send the form of the open dialog. */
export async function submit(): Promise<void> {
  await act(async () => {
    find("dialog form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settled();
  });
}

/** Choose what the open dialog offers under a label. */
export async function pick(label: string): Promise<void> {
  const labels = [...document.querySelectorAll("dialog label")];
  const input = labels.find((each) => each.textContent?.trim().startsWith(label))?.querySelector("input");
  await act(() => {
    input?.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
