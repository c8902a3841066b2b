// Every key of the inbox, for the sheet; the controls that they press carry the same letter as `data-key`.

import type { View } from "../api/types";

export interface Shortcut {
  keys: string[];
  does: string;
}

export const SHORTCUTS: { group: string; shortcuts: Shortcut[] }[] = [
  {
    group: "Moving",
    shortcuts: [
      { keys: ["J"], does: "Next conversation" },
      { keys: ["K"], does: "Previous conversation" },
      { keys: ["Enter"], does: "Open the one in focus" },
      { keys: ["G", "M"], does: "Go to Mine" },
      { keys: ["G", "S"], does: "Go to Snoozed" },
      { keys: ["G", "U"], does: "Go to Unassigned" },
      { keys: ["G", "B"], does: "Go to Call-backs" },
      { keys: ["G", "A"], does: "Go to All open" },
      { keys: ["G", "F"], does: "Go to Filtered" },
      { keys: ["G", "H"], does: "Go to Held" },
      { keys: ["G", "C"], does: "Go to Closed" },
    ],
  },
  {
    group: "Conversation",
    shortcuts: [
      { keys: ["R"], does: "Reply" },
      { keys: ["Shift", "R"], does: "Reply to all" },
      { keys: ["F"], does: "Forward" },
      { keys: ["N"], does: "Write a note" },
      { keys: ["T"], does: "Take it, or what is offered to you" },
      { keys: ["X"], does: "Decline what is offered to you" },
      { keys: ["L"], does: "Look at what is offered to you" },
      { keys: ["A"], does: "Hand it to a colleague" },
      { keys: ["Q"], does: "Give it back to the queue" },
      { keys: ["S"], does: "Snooze it, or wake it" },
      { keys: ["P"], does: "Set its priority" },
      { keys: ["U"], does: "Escalate it to a pool" },
      { keys: ["H"], does: "Mark it as heated, or not" },
      { keys: ["W"], does: "Why me, or why nobody yet" },
      { keys: ["E"], does: "Close or reopen it" },
      { keys: ["M"], does: "Merge it into another" },
      { keys: ["I"], does: "Show who the customer is" },
      { keys: ["C"], does: "Call the customer, or plan a call-back" },
    ],
  },
  {
    group: "Your shift",
    shortcuts: [
      { keys: ["O"], does: "Online, away, finishing up or offline" },
      { keys: ["D"], does: "What is still with you, to hand it over" },
    ],
  },
  {
    group: "On the phone",
    shortcuts: [
      { keys: ["Shift", "A"], does: "Answer the call that rings" },
      { keys: ["Shift", "X"], does: "Decline it" },
      { keys: ["Shift", "M"], does: "Mute yourself, or speak again" },
      { keys: ["Shift", "H"], does: "Put the customer on hold, or come back" },
      { keys: ["Shift", "P"], does: "Pause the recording, or go on" },
      { keys: ["Shift", "K"], does: "Keypad" },
      { keys: ["Shift", "T"], does: "Transfer" },
      { keys: ["Shift", "E"], does: "Hang up" },
      { keys: ["Shift", "D"], does: "Done with the call" },
    ],
  },
  {
    group: "Writing",
    shortcuts: [
      { keys: ["Shift", "N"], does: "New mail" },
      { keys: ["Shift", "S"], does: "New text" },
      { keys: ["Ctrl", "Enter"], does: "Send" },
      { keys: ["Ctrl", "B"], does: "Bold" },
      { keys: ["Ctrl", "I"], does: "Italic" },
      { keys: ["Ctrl", "K"], does: "Link" },
      { keys: ["Esc"], does: "Leave the composer; the text stays" },
      { keys: ["?"], does: "This sheet" },
    ],
  },
];

/** The second letter after G. */
export const GO: Record<string, View> = {
  m: "mine",
  s: "snoozed",
  u: "unassigned",
  b: "call-backs",
  a: "all",
  f: "filtered",
  h: "held",
  c: "closed",
};
