// The left rail: the brand, the views, and who the agent is today.

import type { View } from "../../api/types";
import { useApp } from "../../app-context";
import { LinkState } from "../../live/link-state";
import { PresenceSwitch } from "../../presence/presence";
import { formatRoute, VIEWS } from "../../route";
import { Icon } from "../../ui/icon";
import { VIEW_WORDS } from "../../ui/words";

export function Rail() {
  const { store } = useApp();
  return (
    <header class="rail">
      <a class="brand" href="#/mine" aria-label="Heartline, to your conversations">
        <img src="/icon.svg" alt="" width="26" height="26" />
        <span>Heartline</span>
      </a>
      <LinkState />
      <nav aria-label="Views">
        {VIEWS.map((view) => (
          <ViewLink key={view} view={view} />
        ))}
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

function ViewLink({ view }: { view: View }) {
  const { route } = useApp().store;
  const current = route.value.view === view;
  const title = `${VIEW_WORDS[view]} (G then ${VIEW_WORDS[view].charAt(0)})`;
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

/** The only number here: what the agent has to do. It is shown when it is exact. */
function MineCount() {
  const { ids, next, phase } = useApp().store.lists.mine.value;
  if (phase !== "ready" || next !== null || ids.length === 0) return null;
  return <span class="count">{ids.length}</span>;
}
