// The left rail: the brand, the views, and who the agent is today.

import type { Me, View } from "../../api/types";
import { useApp } from "../../app-context";
import { GO } from "../../keys/shortcuts";
import { LinkState } from "../../live/link-state";
import { PresenceSwitch } from "../../presence/presence";
import { formatMenuRoute, formatRoute, VIEWS } from "../../route";
import { Icon } from "../../ui/icon";
import { VIEW_WORDS } from "../../ui/words";
import { NewButtons } from "./new-buttons";

export function Rail() {
  const { store } = useApp();
  return (
    <header class="rail">
      <a class="brand" href="#/mine" aria-label="Heartline, to your conversations">
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>Heartline</span>
      </a>
      <LinkState />
      <NewButtons />
      <nav aria-label="Views">
        {VIEWS.filter((view) => isShown(view, store.me.value)).map((view) => (
          <ViewLink key={view} view={view} />
        ))}
        <MenusLink />
      </nav>
      <button
        type="button"
        class="link keys-button"
        data-key="?"
        title="Keys (?)"
        onClick={() => {
          store.sheetOpen.value = true;
        }}
      >
        <Icon name="keyboard" /> Keys
      </button>
      <PresenceSwitch />
    </header>
  );
}

/** Agents decide about what is held in their inboxes; leads and admins also about what no inbox owns. */
function mayDecide(me: Me | null): boolean {
  return me !== null && (me.inboxes.length > 0 || me.role !== "agent");
}

/** What an agent has nothing to do with is not in their way. */
function isShown(view: View, me: Me | null): boolean {
  if (view === "call-backs") return me !== null && (Boolean(me.capacity.voice) || me.role !== "agent");
  return view !== "held" || mayDecide(me);
}

function ViewLink({ view }: { view: View }) {
  const { route } = useApp().store;
  const current = route.value.view === view && route.value.menu === undefined;
  const title = `${VIEW_WORDS[view]} (G then ${letterOf(view)})`;
  return (
    <a
      class="view"
      href={formatRoute({ view, conversation: null })}
      aria-current={current ? "page" : undefined}
      title={title}
    >
      <Icon name={view} size={18} />
      <span>{VIEW_WORDS[view]}</span>
      {view === "mine" && <MineCount />}
    </a>
  );
}

/** How callers are led: for leads, who may look, and admins. */
function MenusLink() {
  const { me, route } = useApp().store;
  if (!me.value || me.value.role === "agent") return null;
  const current = route.value.menu !== undefined;
  return (
    <a
      class="view"
      href={formatMenuRoute("")}
      aria-current={current ? "page" : undefined}
      title="Voice menus"
    >
      <Icon name="keypad" size={18} />
      <span>Voice menus</span>
    </a>
  );
}

function letterOf(view: View): string {
  return (
    Object.keys(GO)
      .find((letter) => GO[letter] === view)
      ?.toUpperCase() ?? ""
  );
}

/** The only number here: what the agent has to do. It is shown when it is exact. */
function MineCount() {
  const { ids, next, phase } = useApp().store.lists.mine.value;
  if (phase !== "ready" || next !== null || ids.length === 0) return null;
  return <span class="count">{ids.length}</span>;
}
