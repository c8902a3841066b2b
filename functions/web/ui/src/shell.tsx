// The screen as a whole: rail, list, conversation and customer, side by side or one at a time.

import { useApp } from "./app-context";
import { CallCards } from "./calls/card/cards";
import { CallDialogs } from "./calls/dialogs";
import { CallStrip } from "./calls/strip";
import { NewMail } from "./inbox/composer/new-mail";
import { ContactPanel } from "./inbox/contact/contact";
import { TextingDialogs } from "./inbox/texting/dialogs";
import { ConversationList } from "./inbox/list/list";
import { Rail } from "./inbox/list/views";
import { Merge } from "./inbox/merge/merge";
import { RoutingDialogs } from "./inbox/routing/dialog";
import { WhySide } from "./inbox/routing/why/why-side";
import { ThreadPane } from "./inbox/thread/thread";
import { PresenceDialogs } from "./presence/dialogs";
import { Sheet } from "./keys/sheet";
import { Lazy } from "./ui/lazy";
import { Empty } from "./ui/states";
import { Toasts } from "./ui/toasts";

export function Shell() {
  const { route, routing } = useApp().store;
  const { conversation, writing, menu } = route.value;
  const Side = routing.why.value ? WhySide : ContactPanel;
  return (
    <div class="shell" data-pane={conversation || writing || menu !== undefined ? "thread" : "list"}>
      <Rail />
      <CallStrip />
      <main class="panes">
        <h1 class="unseen">Heartline</h1>
        {menu === undefined ? <Conversations /> : <MenuPane inbox={menu} />}
      </main>
      {conversation && <Side id={conversation} />}
      {conversation && <Merge id={conversation} />}
      <CallCards />
      <CallDialogs />
      <TextingDialogs />
      <RoutingDialogs />
      <PresenceDialogs />
      <Toasts />
      <Sheet />
    </div>
  );
}

function Conversations() {
  const { conversation, writing } = useApp().store.route.value;
  return (
    <>
      <ConversationList />
      {conversation && <ThreadPane key={conversation} id={conversation} />}
      {writing === "mail" && <NewMail />}
      {writing === "text" && (
        <Lazy load={() => import("./inbox/texting/new-text")} label="New text" with={{}} />
      )}
      {!conversation && !writing && <NothingOpen />}
    </>
  );
}

function MenuPane({ inbox }: { inbox: string }) {
  return <Lazy load={() => import("./ivr/page")} label="Voice menu" with={{ inbox }} />;
}

function NothingOpen() {
  return (
    <section class="thread" aria-label="Conversation">
      <Empty icon="all" title="Choose a conversation" text="J and K move, Enter opens, ? shows every key." />
    </section>
  );
}
