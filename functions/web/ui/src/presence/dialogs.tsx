// The dialog of the agent's own day that is open, if one is.

import { useApp } from "../app-context";
import { LazyDialog } from "../ui/lazy-dialog";

export function PresenceDialogs() {
  const { presence, me } = useApp().store;
  const dialog = presence.dialog.value;
  const closed = () => {
    presence.dialog.value = null;
  };
  if (!dialog || !me.value) return null;
  if (dialog.kind === "away")
    return <LazyDialog key="away" load={() => import("./away-dialog")} with={{ closed }} closed={closed} />;
  const { then } = dialog;
  return (
    <LazyDialog
      key="shift"
      load={() => import("./shift/shift-dialog")}
      with={{ then, closed }}
      closed={closed}
    />
  );
}
