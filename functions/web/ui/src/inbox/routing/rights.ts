// Who may move a conversation: whoever has it, and leads; what nobody has, everybody.

import type { Conversation, Me } from "../../api/types";

export function mayMove({ assignee }: Conversation, me: Me | null): boolean {
  return assignee === null || assignee === me?.id || (me !== null && me.role !== "agent");
}

/** An agent by name; who is not known any more by id. */
export function agentName(me: Me | null, agent: string): string {
  return me?.agents.find(({ id }) => id === agent)?.name ?? agent;
}

/** The first name, where there is little room. */
export function firstName(me: Me | null, agent: string): string {
  return agentName(me, agent).split(" ")[0] ?? agent;
}

/** "Why me?", "Why Ben?", "Why is nobody on it?": what the explanation is asked. */
export function whyQuestion({ assignee, status }: Conversation, me: Me | null): string {
  if (assignee === null) return status === "closed" ? "How was it routed?" : "Why is nobody on it?";
  return assignee === me?.id ? "Why me?" : `Why ${firstName(me, assignee)}?`;
}
