// An open conversation: its head, its timeline and the composer.

import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../../app-context";
import { threadOf } from "../../store";
import { Failed, Loading } from "../../ui/states";
import { Composer } from "../composer/composer";
import { loadThread } from "../loading";
import { useGoingOn } from "../merge/landing";
import { SplitBar } from "../merge/split-bar";
import { OfferHere } from "../offers/places";
import { BareHeader, ThreadHeader } from "./header";
import { TimelineView } from "./timeline-view";
import "./message.css";
import "./mail-message.css";
import "./thread.css";

export function ThreadPane({ id }: { id: string }) {
  const app = useApp();
  const pane = useRef<HTMLElement>(null);
  const conversation = app.store.conversations.value.get(id);
  const thread = threadOf(app.store, id);
  useGoingOn(conversation);
  useEffect(() => {
    void loadThread(app, id);
    pane.current?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }, [id]);
  const retry = () => void loadThread(app, id);
  return (
    <section class="thread" ref={pane} aria-label="Conversation">
      {conversation ? <ThreadHeader conversation={conversation} /> : <BareHeader />}
      {conversation && <OfferHere conversation={conversation} />}
      {thread.phase === "loading" && <Loading label="Loading the conversation" rows={4} />}
      {thread.phase === "failed" && (
        <Failed title="This conversation did not load" text={thread.error} retry={retry} />
      )}
      {thread.phase === "ready" && <TimelineView id={id} thread={thread} />}
      <SplitBar id={id} />
      {conversation && <Composer conversation={conversation} thread={thread} />}
    </section>
  );
}
