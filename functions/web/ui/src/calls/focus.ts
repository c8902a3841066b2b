// Where the keyboard goes on when the control that had it leaves the screen.

import { useLayoutEffect } from "preact/hooks";

const HOMES = [".call-bar :is(a, button)", ".thread h2", "[data-row]", ".brand"];

/** When the element goes with the focus inside of it, the conversation gets it, or whatever stands in its place. */
export function useFocusHome(element: { current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const here = element.current;
    return () => {
      if (here?.contains(document.activeElement)) queueMicrotask(() => homeFor(here)?.focus());
    };
  }, []);
}

function homeFor(gone: HTMLElement): HTMLElement | undefined {
  for (const home of HOMES) {
    const found = [...document.querySelectorAll<HTMLElement>(home)].find(
      (each) => !gone.contains(each) && each.isConnected,
    );
    if (found) return found;
  }
  return undefined;
}
