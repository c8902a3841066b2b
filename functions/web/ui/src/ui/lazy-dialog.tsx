// A dialog whose code is fetched when it is first opened. One that cannot be fetched closes, and says so.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../app-context";
import { addToast } from "../store";

const FAILED = "The dialog could not be loaded. Check your connection and try again.";

interface Properties<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  with: P;
  closed: () => void;
}

export function LazyDialog<P extends object>({ load, with: properties, closed }: Properties<P>) {
  const { store } = useApp();
  const [View, show] = useState<ComponentType<P> | null>(null);
  useEffect(() => {
    load().then(
      (loaded) => show(() => loaded.default),
      () => {
        closed();
        addToast(store, { tone: "error", text: FAILED });
      },
    );
  }, []);
  return View && <View {...properties} />;
}
