// A part of the screen whose code is fetched when it is first shown.

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failed, Loading } from "./states";

interface Properties<P> {
  load: () => Promise<{ default: ComponentType<P> }>;
  label: string;
  /** How many lines it is about to take. */
  rows?: number | undefined;
  with: P;
}

export function Lazy<P extends object>({ load, label, rows, with: properties }: Properties<P>) {
  const [part, setPart] = useState<{ view?: ComponentType<P>; failed?: boolean }>({});
  const fetchIt = () => {
    setPart({});
    load().then(
      (loaded) => setPart({ view: loaded.default }),
      () => setPart({ failed: true }),
    );
  };
  useEffect(fetchIt, []);
  if (part.failed)
    return <Failed title={`${label} could not be loaded`} text="Check your connection." retry={fetchIt} />;
  const View = part.view;
  return View ? <View {...properties} /> : <Loading label={`Loading: ${label}`} rows={rows} />;
}
