// The dialog of calls that is open, if one is.

import { useApp } from "../app-context";
import { DialDialog } from "./dial/dial-dialog";
import { MoveDialog } from "./dial/move-dialog";
import { SetupDialog } from "./setup/setup-dialog";
import { callOf, knownAs } from "./state";
import { TransferDialog } from "./transfer/transfer-dialog";

export function CallDialogs() {
  const { store } = useApp();
  const open = store.calls.dialog.value;
  if (open === null) return null;
  if (open.kind === "setup") return <SetupDialog />;
  if (open.kind === "dial")
    return <DialDialog key={open.conversation} id={open.conversation} number={open.number ?? ""} />;
  const found = callOf(store, open.call) ?? store.callBacks.value.get(open.call);
  if (!found) return null;
  const call = knownAs(store, found);
  return open.kind === "transfer" ? <TransferDialog call={call} /> : <MoveDialog call={call} />;
}
