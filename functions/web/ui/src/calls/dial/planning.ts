// Plans, moves, makes and cancels call-backs; the list follows at once.

import type { Call, CallBack } from "../../api/call-types";
import { explain } from "../../api/errors";
import type { App } from "../../app-context";
import { placed } from "../../inbox/list/arrange";
import { loadList } from "../../inbox/loading";
import { addToast } from "../../store";
import { dial } from "../acts";
import { dropCall, putCall } from "../state";

/** Rejects with what speaks against it. */
export async function planCallBack(app: App, conversation: string, plan: CallBack): Promise<void> {
  putCall(app.store, await app.api.planCallBack(conversation, plan));
  addToast(app.store, { tone: "info", text: plan.due ? "Call-back planned" : "The next free agent calls" });
  reread(app);
}

/** Rejects with what speaks against it; null stands for now. */
export async function moveCallBack(app: App, call: Call, due: string | null): Promise<void> {
  const moved = await app.api.moveCallBack(call.id, due);
  putCall(app.store, moved);
  app.store.callBacks.value = new Map(app.store.callBacks.value).set(moved.id, moved);
  addToast(app.store, { tone: "info", text: due ? "Call-back moved" : "The next free agent calls" });
  reread(app);
}

/** The customer of a call-back is called now, by who asks; false where that was refused, and the reason is said. */
export async function callNow(app: App, { conversation, number }: Call, request: string): Promise<boolean> {
  try {
    await dial(app, conversation, { id: request, number: number || null });
    return true;
  } catch (error) {
    addToast(app.store, { tone: "error", text: `Nobody was called. ${explain(error)}` });
    return false;
  }
}

/** The row leaves at once, and is back if the server says no. */
export async function cancelCallBack(app: App, call: Call): Promise<void> {
  const { store } = app;
  const list = store.lists["call-backs"];
  const before = list.value;
  list.value = placed(before, call.id, false);
  try {
    await app.api.cancelCallBack(call.id);
    dropCall(store, call.id);
    addToast(store, { tone: "info", text: "Call-back cancelled" });
  } catch (error) {
    list.value = before;
    addToast(store, { tone: "error", text: `The call-back stays. ${explain(error)}` });
  }
}

function reread(app: App): void {
  if (app.store.lists["call-backs"].value.phase === "ready") void loadList(app, "call-backs");
}
