// The dialog that merges the open conversation into another, while it is open.

import { useApp } from "../../app-context";
import { LazyDialog } from "../../ui/lazy-dialog";

export function Merge({ id }: { id: string }) {
  const { merging, conversations } = useApp().store;
  const source = conversations.value.get(id);
  const closed = () => {
    merging.value = null;
  };
  if (merging.value !== id || !source) return null;
  return <LazyDialog load={() => import("./merge-dialog")} with={{ source, closed }} closed={closed} />;
}
