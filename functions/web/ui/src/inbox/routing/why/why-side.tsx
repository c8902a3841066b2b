// The side that explains the open conversation's routing, in the place of its customer. What it says is loaded when asked.

import { useLayoutEffect, useRef } from "preact/hooks";
import { useApp } from "../../../app-context";
import { Icon } from "../../../ui/icon";
import { Lazy } from "../../../ui/lazy";
import { whyQuestion } from "../rights";

export function WhySide({ id }: { id: string }) {
  const { store } = useApp();
  const side = useRef<HTMLElement>(null);
  const conversation = store.conversations.value.get(id);
  useFocus(side);
  const close = () => {
    store.routing.why.value = false;
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

/** The keyboard comes with it, and when it goes returns to where it was, or to the link that stands there again. */
function useFocus(side: { current: HTMLElement | null }): void {
  const opener = useRef(document.activeElement);
  useLayoutEffect(() => {
    const here = side.current;
    here?.querySelector("h2")?.focus();
    return () => {
      if (here?.contains(document.activeElement)) setTimeout(() => goHome(opener.current));
    };
  }, []);
}

/** Unless another conversation has taken the keyboard by then. */
function goHome(opener: Element | null): void {
  if (document.activeElement !== document.body) return;
  const back = opener?.isConnected && opener !== document.body ? opener : document.querySelector(".why-link");
  (back as HTMLElement | null)?.focus();
}

/** Opens the explanation, or closes it where it is open. */
export function useWhy(): () => void {
  const { why } = useApp().store.routing;
  return () => {
    why.value = !why.value;
  };
}
