// The side that explains the open conversation's routing, in the place of its customer. What it says is loaded when asked.

import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../../app-context";
import { Icon } from "../../../ui/icon";
import { Lazy } from "../../../ui/lazy";
import { whyQuestion } from "../rights";

export function WhySide({ id }: { id: string }) {
  const { store } = useApp();
  const side = useRef<HTMLElement>(null);
  const opener = useRef(document.activeElement);
  const conversation = store.conversations.value.get(id);
  useEffect(() => side.current?.querySelector("h2")?.focus(), []);
  const close = () => {
    store.routing.why.value = false;
    const back = opener.current;
    // the button that opened it stood in the panel whose place this took
    const home = back instanceof HTMLElement && back.isConnected && back !== document.body ? back : undefined;
    queueMicrotask(() => (home ?? document.querySelector<HTMLElement>(".why-link, .thread h2"))?.focus());
  };
  const keys = (event: KeyboardEvent) => event.key === "Escape" && close();
  if (!conversation) return null;
  return (
    <aside class="contact why" data-open ref={side} aria-label="Why here" onKeyDown={keys}>
      <button type="button" class="plain why-close" title="Close (Esc)" aria-label="Close" onClick={close}>
        <Icon name="close" />
      </button>
      <h2 tabIndex={-1}>{whyQuestion(conversation, store.me.value)}</h2>
      <Lazy load={() => import("./explanation")} label="The explanation" with={{ conversation }} />
    </aside>
  );
}

/** Opens the explanation, or closes it where it is open. */
export function useWhy(): () => void {
  const { why } = useApp().store.routing;
  return () => {
    why.value = !why.value;
  };
}
