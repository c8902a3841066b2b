// Priorities as people say them: the server knows bands from 1, which goes first, to 99.

export interface PriorityChoice {
  band: number;
  name: string;
  hint: string;
}

export const NORMAL = 5;

const CHOICES: readonly PriorityChoice[] = [
  { band: 1, name: "Urgent", hint: "Before everything else" },
  { band: 3, name: "High", hint: "Before what is normal" },
  { band: NORMAL, name: "Normal", hint: "By age, like most" },
  { band: 8, name: "Low", hint: "After what is normal" },
];

/** "Urgent", "High", "Normal" or "Low". */
export function priorityName(band: number): string {
  if (band <= 2) return "Urgent";
  if (band < NORMAL) return "High";
  return band === NORMAL ? "Normal" : "Low";
}

/** The four, and of those that go by one name the band that the conversation has: choosing it changes nothing. */
export function priorityChoices(band: number): PriorityChoice[] {
  const own = priorityName(band);
  return CHOICES.map((choice) => (choice.name === own ? { ...choice, band } : choice));
}

/** What stands behind the name where an agent must see it: "10 min ahead"; empty without a boost. */
export function aheadWords(boost: number): string {
  return boost > 0 ? `${Math.max(1, Math.round(boost / 60))} min ahead` : "";
}
