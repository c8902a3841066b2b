// Reply or note: two tabs, R and N from anywhere, arrow keys between them.

import type { Tab } from "./draft";

const TABS: { tab: Tab; name: string; key: string }[] = [
  { tab: "reply", name: "Reply", key: "r" },
  { tab: "note", name: "Note", key: "n" },
];

export function Tabs({ tab: chosen, choose }: { tab: Tab; choose: (tab: Tab) => void }) {
  const other: Tab = chosen === "reply" ? "note" : "reply";
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") choose(other);
  };
  return (
    <div class="tabs" role="tablist" aria-label="What to write" onKeyDown={keys}>
      {TABS.map(({ tab, name, key }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          tabIndex={tab === chosen ? 0 : -1}
          data-key={key}
          title={`${name} (${key.toUpperCase()})`}
          onClick={() => choose(tab)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
