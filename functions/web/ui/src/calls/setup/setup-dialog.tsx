// Phone and sound: where calls ring, whether the microphone works, what is heard and how loud.

import { useApp } from "../../app-context";
import { CallDialogFrame } from "../call-dialog";
import { Devices } from "./devices";
import { Microphone } from "./microphone-check";
import { Notifications } from "./notifications";
import { RingSound } from "./ring-sound";

export function SetupDialog() {
  const { choice } = useApp().store.calls;
  return (
    <CallDialogFrame title="Phone and sound">
      {(close) => (
        <>
          <Devices />
          {choice.value?.device === "browser" && <Microphone />}
          <RingSound />
          <Notifications />
          <div class="call-bottom">
            <button type="button" class="button primary" onClick={close}>
              Done
            </button>
          </div>
        </>
      )}
    </CallDialogFrame>
  );
}
