// Whether the browser may say that a call comes while another window is in front.

import { useSignal } from "@preact/signals";

const WORDS: Record<NotificationPermission, string> = {
  granted: "Your desktop shows calls while another window is in front.",
  denied: "Your browser does not let Heartline show calls on the desktop. Allow it beside the address.",
  default: "Heartline can show calls on the desktop while another window is in front.",
};

export function Notifications() {
  const supported = typeof Notification !== "undefined";
  const permission = useSignal<NotificationPermission>(supported ? Notification.permission : "denied");
  if (!supported) return null;
  const ask = async () => {
    permission.value = await Notification.requestPermission();
  };
  return (
    <section aria-labelledby="setup-desktop">
      <h3 id="setup-desktop">On the desktop</h3>
      <div class="setup-row">
        <p role="status">{WORDS[permission.value]}</p>
        {permission.value === "default" && (
          <button type="button" class="button" onClick={ask}>
            Show calls
          </button>
        )}
      </div>
    </section>
  );
}
