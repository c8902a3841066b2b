// A field that filters conversations and a list to choose from: arrow keys move, the field keeps the focus.

import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { ago } from "../../ui/time";
import { isSameCustomer } from "./candidates";
import { customerOf, titleOf } from "./names";

interface Props {
  source: Conversation;
  found: Conversation[];
  target: Conversation | undefined;
  query: Signal<string>;
  /** The id of the one that was pointed at; the first where that is not in the list. */
  wanted: Signal<string>;
}

export function TargetChoice({ source, found, target, query, wanted }: Props) {
  const id = useId();
  return (
    <>
      <Field list={id} found={found} target={target} query={query} wanted={wanted} />
      <div id={id} class="targets" role="listbox" aria-label="Conversations">
        {found.map((each) => (
          <Target
            key={each.id}
            id={optionId(id, each)}
            conversation={each}
            same={isSameCustomer(each, source)}
            chosen={each === target}
            choose={() => {
              wanted.value = each.id;
            }}
          />
        ))}
      </div>
    </>
  );
}

function Field({ list, found, target, query, wanted }: Omit<Props, "source"> & { list: string }) {
  const move = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || !target) return;
    event.preventDefault();
    wanted.value = found.at((found.indexOf(target) + by) % found.length)?.id ?? "";
  };
  return (
    <input
      role="combobox"
      aria-label="Find a conversation by customer or subject"
      placeholder="Customer or subject"
      aria-autocomplete="list"
      aria-expanded={found.length > 0}
      aria-controls={list}
      aria-activedescendant={target && optionId(list, target)}
      autocomplete="off"
      value={query.value}
      onInput={({ currentTarget: { value } }) => {
        query.value = value;
      }}
      onKeyDown={move}
    />
  );
}

function optionId(list: string, { id }: Conversation): string {
  return `${list}-${id}`;
}

interface TargetProps {
  id: string;
  conversation: Conversation;
  same: boolean;
  chosen: boolean;
  choose: () => void;
}

function Target({ id, conversation, same, chosen, choose }: TargetProps) {
  const now = useApp().store.now.value;
  return (
    <div id={id} class="target" role="option" aria-selected={chosen} onClick={choose}>
      <span>{titleOf(conversation)}</span>
      <small>
        {same ? "Same customer" : customerOf(conversation)} · {ago(conversation.last_message_at, now)}
      </small>
    </div>
  );
}
