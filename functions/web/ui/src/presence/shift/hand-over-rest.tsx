// Hands everything over that an agent still has, with one note for whoever goes on.

import { type Signal, useSignal } from "@preact/signals";
import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { useSubmit } from "../../calls/submitting";
import { loadList } from "../../inbox/loading";
import { type Known, useColleagues } from "../../inbox/routing/colleagues";
import { lacking, NoteField } from "../../inbox/routing/note-field";
import { choosePresence } from "../set-presence";
import { type Outcome, outcomeOf } from "./outcome";
import { choiceIn, groupsOf, QUEUE, type TargetChoice, type TargetGroups } from "./targets";

const WILL_FINISH = "You will be finishing up: nothing new comes to you.";

interface Props {
  heads: Conversation[];
  outcome: Signal<Outcome | null>;
}

export function HandOverRest({ heads, outcome }: Props) {
  const { me, now } = useApp().store;
  const wanted = useSignal(QUEUE.id);
  const note = useSignal("");
  const known = useColleagues();
  const groups = groupsOf(known.colleagues, now.value);
  const choice = choiceIn(groups, wanted.value);
  const missing = () => lacking(note.value, "Write a note, so that no customer need tell everything again.");
  const hand = useHandOver(outcome);
  const send = () => hand(choice, note.value.trim());
  const { submit, busy, refused } = useSubmit(missing, send, () => undefined);
  return (
    <form onSubmit={submit} noValidate>
      <TargetField groups={groups} choice={choice} wanted={wanted} />
      {known.error && <NotKnown {...known} />}
      <NoteField
        label="Note for whoever goes on"
        placeholder="What was done, and what is to be done now"
        words={note}
        submit={submit}
        hint="It stands in each timeline; customers do not see it."
      />
      {me.value?.presence === "ONLINE" && <p class="hint">{WILL_FINISH}</p>}
      {refused && (
        <p class="pane-error" role="alert">
          {refused}
        </p>
      )}
      <div class="call-bottom">
        <button type="submit" class="button primary" aria-disabled={busy}>
          {heads.length === 1 ? "Hand it over" : `Hand over all ${heads.length}`}
        </button>
      </div>
    </form>
  );
}

/** Nothing new comes to who gives away, or it would come straight back. */
function useHandOver(outcome: Signal<Outcome | null>): (choice: TargetChoice, note: string) => Promise<void> {
  const app = useApp();
  const { me, conversations } = app.store;
  return async ({ to, name }, note) => {
    if (me.value?.presence === "ONLINE") await choosePresence(app, "DRAINING");
    const done = await app.api.handOverAll(to, note);
    outcome.value = outcomeOf(done, name, conversations.value);
    await Promise.all([loadList(app, "mine"), loadList(app, "snoozed")]);
  };
}

interface TargetProps {
  groups: TargetGroups;
  choice: TargetChoice;
  wanted: Signal<string>;
}

function TargetField({ groups, choice, wanted }: TargetProps) {
  return (
    <label class="call-field">
      Hand it over to
      <select
        name="target"
        value={choice.id}
        onChange={({ currentTarget: { value } }) => {
          wanted.value = value;
        }}
      >
        <option value={QUEUE.id}>{QUEUE.label}</option>
        <Group label="Colleagues" choices={groups.agents} />
        <Group label="Pools" choices={groups.pools} />
      </select>
      <small>{choice.hint}</small>
    </label>
  );
}

function Group({ label, choices }: { label: string; choices: TargetChoice[] }) {
  if (choices.length === 0) return null;
  return (
    <optgroup label={label}>
      {choices.map(({ id, label: words }) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </optgroup>
  );
}

function NotKnown({ error, again }: Known) {
  return (
    <p class="pane-error" role="alert">
      Colleagues are not known. {error}
      <button type="button" class="link" onClick={again}>
        Try again
      </button>
    </p>
  );
}
