// Whether what stands in the composer may go as a text or on WhatsApp now, read from the store: decisions only.

import type { FilledTemplate, Rule, Template, Texting } from "../../api/texting-types";
import type { Channel, Conversation } from "../../api/types";
import type { Store } from "../../store";
import { outlookOf } from "./state";
import { isFree } from "./whatsapp";

export interface Standing {
  /** How a text stands, once the server has said so. */
  texting: Texting | null;
  /** Whether WhatsApp takes free words now. */
  free: boolean;
  /** Milliseconds since the epoch. */
  now: number;
  /** What may go on WhatsApp at any time. */
  templates: readonly Template[];
}

export const NOTHING_AGAINST: Standing = { texting: null, free: true, now: 0, templates: [] };

export function standingOf(store: Store, conversation: Conversation, number: string): Standing {
  return {
    texting: outlookOf(store.texting, conversation.id, number)?.facts ?? null,
    free: isFree(conversation, store.now.value),
    now: store.now.value,
    templates: store.texting.templates.value.get(conversation.inbox)?.templates ?? [],
  };
}

/** What the inbox of a conversation can send on; null while that is not known. */
export function sendsOf({ me }: Store, inbox: string): readonly Channel[] | null {
  return me.value?.inboxes.find(({ id }) => id === inbox)?.channels ?? null;
}

/** Whether WhatsApp gets a template: because it must, or because the agent wants one. */
export function takesTemplate(
  { template }: { template: FilledTemplate | null },
  { free }: Standing,
): boolean {
  return !free || template !== null;
}

/** The rule that no wish of the agent's goes past. */
export function barrierOf(texting: Texting | null): Rule | undefined {
  return texting?.against.find(({ overridable }) => !overridable);
}

/** The rule that only asks whether it is meant: the quiet hours, for as long as they last. */
export function quietOf({ texting, now }: Pick<Standing, "texting" | "now">): Rule | undefined {
  const over = Date.parse(texting?.quiet_until ?? "") <= now;
  return barrierOf(texting) || over ? undefined : texting?.against.find(({ code }) => code === "quiet_hours");
}

/** What time it is where the customer is, and until when texts rest there: the zone as its city. */
export function quietWords({ message }: Pick<Rule, "message">): string {
  const [told = ""] = message.split(" Send it later");
  return told
    .replace(/\b(?:[A-Za-z_]+\/)+([A-Za-z_]+)/, (_zone, city: string) => city.replaceAll("_", " "))
    .replace(/texts to [A-Z]{2} rest/, "texts there rest");
}

/** Short words beside the button that sends; the line above says why at length. */
export function whyNoText({ texting }: Standing): string {
  const barrier = barrierOf(texting);
  if (!barrier) return "";
  return barrier.code === "opted_out" ? "The customer opted out of texts." : "No text can go to this number.";
}
