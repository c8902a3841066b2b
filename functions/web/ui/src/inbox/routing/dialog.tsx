// The dialog of routing that is open, if one is.

import { useApp } from "../../app-context";
import { LazyDialog } from "../../ui/lazy-dialog";

export function RoutingDialogs() {
  const { routing, conversations } = useApp().store;
  const dialog = routing.dialog.value;
  const conversation = dialog && conversations.value.get(dialog.conversation);
  // A dialog tells late that it has closed; another may be open by then.
  const closed = () => {
    if (routing.dialog.value === dialog) routing.dialog.value = null;
  };
  if (!dialog || !conversation) return null;
  return (
    <LazyDialog
      key={`${dialog.kind} ${dialog.conversation}`}
      load={() => import("./dialogs")}
      with={{ dialog, conversation, closed }}
      closed={closed}
    />
  );
}
