// What a delivery state means to the agent, and what to do when it went wrong.

import type { DeliveryStatus } from "../../api/types";

export interface Delivery {
  words: string;
  bad: boolean;
  /** What to do next; empty when nothing is to be done. */
  next: string;
}

const QUIET = { bad: false, next: "" };

export const DELIVERY: Record<DeliveryStatus, Delivery> = {
  received: { words: "", ...QUIET },
  queued: { words: "Waiting to be sent", ...QUIET },
  sending: { words: "Sending", ...QUIET },
  sent: { words: "Sent", ...QUIET },
  delivered: { words: "Delivered", ...QUIET },
  read: { words: "Read", ...QUIET },
  unknown: {
    words: "Not known whether it was sent",
    bad: true,
    next: "The answer of the provider was lost. Ask the customer before you send it again.",
  },
  undelivered: { words: "Not delivered", bad: true, next: "Try another channel." },
  failed: { words: "Not sent", bad: true, next: "Check the address, or try another channel." },
};
