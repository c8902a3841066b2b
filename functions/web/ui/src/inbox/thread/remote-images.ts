// Whose pictures may be fetched without asking: remembered in this browser only, for each agent (decision 0029).

import { effect } from "@preact/signals";
import type { Message } from "../../api/types";
import type { Store } from "../../store";

const KEPT = "heartline.images.";
/** The senders that were added last are kept. */
const SENDERS = 500;

/** Restore what `agent` allowed, then follow the store. */
export function keepTrusted(store: Store, agent: string, storage: Storage): () => void {
  const left: string[] = JSON.parse(storage.getItem(KEPT + agent) ?? "[]");
  store.trusted.value = new Set(left);
  return effect(() => {
    const senders = [...store.trusted.value].slice(-SENDERS);
    if (senders.length) storage.setItem(KEPT + agent, JSON.stringify(senders));
    else storage.removeItem(KEPT + agent);
  });
}

/** Whether a promise to this sender holds for this mail: not where somebody else may have written it. */
export function mayBeTrusted({ author, mail }: Message): boolean {
  const certain = mail?.kind !== "spam" && mail?.kind !== "virus" && !mail?.unverified;
  return author.address !== "" && certain && !mail?.warnings?.some(({ level }) => level === "danger");
}

export function isTrusted({ trusted }: Store, message: Message): boolean {
  return mayBeTrusted(message) && trusted.value.has(message.author.address.toLowerCase());
}

export function trust({ trusted }: Store, address: string): void {
  trusted.value = new Set(trusted.value).add(address.toLowerCase());
}

export function distrust({ trusted }: Store, address: string): void {
  const others = new Set(trusted.value);
  others.delete(address.toLowerCase());
  trusted.value = others;
}
