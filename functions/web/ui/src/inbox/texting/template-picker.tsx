// Chooses a template, fills in its places and shows how the customer will read it.

import { useEffect, useId, useRef } from "preact/hooks";
import type { Template } from "../../api/texting-types";
import { useApp } from "../../app-context";
import type { Desk } from "../composer/use-desk";
import { Failed } from "../../ui/states";
import { loadTemplates, useTemplates } from "./asking";
import { placeName, templateName, templatePieces } from "./whatsapp";

const LONGEST_VALUE = 1024;

export function TemplatePicker({ desk, inbox }: { desk: Desk; inbox: string }) {
  const app = useApp();
  useTemplates(inbox);
  const shelf = app.store.texting.templates.value.get(inbox);
  if (shelf?.error)
    return (
      <Failed
        title="The templates did not load"
        text={shelf.error}
        retry={() => void loadTemplates(app, inbox)}
      />
    );
  if (!shelf?.templates) return <p class="hint">Loading the templates</p>;
  if (shelf.templates.length === 0)
    return <p class="hint">This inbox has no templates yet. An admin can add some to the configuration.</p>;
  return <Picker desk={desk} templates={shelf.templates} />;
}

function Picker({ desk, templates }: { desk: Desk; templates: readonly Template[] }) {
  const { template: chosen } = desk.draft;
  const present = templates.find(({ sid }) => sid === chosen?.sid);
  const values = chosen?.variables ?? {};
  const id = useId();
  const field = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    // The session may end while the agent writes, and the field for the words with it.
    if (document.activeElement === document.body) field.current?.focus();
  }, []);
  const choose = (sid: string) => desk.change({ template: { sid, variables: {} } });
  const fill = (name: string, value: string) =>
    chosen && desk.change({ template: { ...chosen, variables: { ...values, [name]: value } } });
  return (
    <div class="templates">
      <label for={id}>Template</label>
      <select
        id={id}
        ref={field}
        value={present?.sid ?? ""}
        onChange={({ currentTarget: { value } }) => choose(value)}
      >
        <option value="">Choose one</option>
        {templates.map((template) => (
          <option key={template.sid} value={template.sid}>
            {templateName(template)}
          </option>
        ))}
      </select>
      {present?.variables.map((name) => (
        <Value key={`${present.sid} ${name}`} name={name} value={values[name] ?? ""} fill={fill} />
      ))}
      {present && <Preview body={present.body} values={values} />}
    </div>
  );
}

interface ValueProps {
  name: string;
  value: string;
  fill: (name: string, value: string) => void;
}

function Value({ name, value, fill }: ValueProps) {
  const id = useId();
  const words = placeName(name);
  return (
    <>
      <label for={id}>{words.charAt(0).toUpperCase() + words.slice(1)}</label>
      <input
        id={id}
        type="text"
        maxLength={LONGEST_VALUE}
        value={value}
        onInput={({ currentTarget }) => fill(name, currentTarget.value)}
      />
    </>
  );
}

function Preview({ body, values }: { body: string; values: Record<string, string> }) {
  return (
    <p class="template-preview" aria-label="How it reads" role="group">
      {templatePieces(body, values).map(({ text, place }, index) =>
        place ? <mark key={index}>{text}</mark> : text,
      )}
    </p>
  );
}
