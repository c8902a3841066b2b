// Names that several panes share.

import type { Channel, Presence, View } from "../api/types";

export const CHANNEL_WORDS: Record<Channel, string> = {
  email: "Email",
  sms: "Text",
  whatsapp: "WhatsApp",
  voice: "Call",
  note: "Note",
};

export const VIEW_WORDS: Record<View, string> = {
  mine: "Mine",
  snoozed: "Snoozed",
  unassigned: "Unassigned",
  "call-backs": "Call-backs",
  all: "All open",
  filtered: "Filtered",
  held: "Held",
  closed: "Closed",
};

export const PRESENCE_WORDS: Record<Presence, { name: string; means: string }> = {
  ONLINE: { name: "Online", means: "New work comes to you" },
  AWAY: { name: "Away", means: "No new work; yours stays with you" },
  DRAINING: { name: "Finishing up", means: "No new work; you finish yours" },
  OFFLINE: { name: "Offline", means: "No work reaches you" },
};
