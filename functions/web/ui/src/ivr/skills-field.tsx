// The skills that somebody needs to take this work, with the least level of each.

import { Icon } from "../ui/icon";
import { NumberField, Problems, type Wrong } from "./fields";

interface Properties extends Wrong {
  requires: Record<string, number>;
  /** Those that anybody of the company has. */
  skills: readonly string[];
  readonly: boolean;
  change: (requires: Record<string, number>) => void;
}

export function SkillsField({ requires, skills, findings, readonly, change }: Properties) {
  const without = (skill: string) =>
    Object.fromEntries(Object.entries(requires).filter(([name]) => name !== skill));
  const free = skills.filter((skill) => !(skill in requires));
  return (
    <fieldset class="ivr-skills">
      <legend>Needs the skills</legend>
      {Object.entries(requires).map(([skill, level]) => (
        <OneSkill
          key={skill}
          {...{ skill, level, readonly }}
          change={(least) => change({ ...requires, [skill]: least })}
          remove={() => change(without(skill))}
        />
      ))}
      {!readonly && free.length > 0 && (
        <select
          aria-label="Add a skill"
          value=""
          onChange={(event) => change({ ...requires, [event.currentTarget.value]: 1 })}
        >
          <option value="">Add a skill …</option>
          {free.map((skill) => (
            <option key={skill}>{skill}</option>
          ))}
        </select>
      )}
      <Problems findings={findings} />
    </fieldset>
  );
}

interface One {
  skill: string;
  level: number;
  readonly: boolean;
  change: (level: number) => void;
  remove: () => void;
}

function OneSkill({ skill, level, readonly, change, remove }: One) {
  return (
    <div class="ivr-skill">
      <NumberField
        label={`${skill}, at least level`}
        value={level}
        most={100}
        findings={[]}
        readonly={readonly}
        change={change}
      />
      {!readonly && (
        <button type="button" class="plain" aria-label={`Remove ${skill}`} onClick={remove}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
