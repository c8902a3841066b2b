// Every key of the inbox, for the sheet; the controls that they press carry the same letter as `data-key`.

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
      { keys: ["G", "U"], does: "Go to Unassigned" },
      { keys: ["G", "A"], does: "Go to All open" },
      { keys: ["G", "C"], does: "Go to Closed" },
    ],
  },
  {
    group: "Conversation",
    shortcuts: [
      { keys: ["R"], does: "Reply" },
      { keys: ["N"], does: "Write a note" },
      { keys: ["T"], does: "Take it" },
      { keys: ["A"], does: "Assign it" },
      { keys: ["E"], does: "Close or reopen it" },
      { keys: ["I"], does: "Show who the customer is" },
    ],
  },
  {
    group: "Writing",
    shortcuts: [
      { keys: ["Ctrl", "Enter"], does: "Send" },
      { keys: ["Esc"], does: "Leave the composer; the text stays" },
      { keys: ["?"], does: "This sheet" },
    ],
  },
];

/** The second letter after G. */
export const GO: Record<string, "mine" | "unassigned" | "all" | "closed"> = {
  m: "mine",
  u: "unassigned",
  a: "all",
  c: "closed",
};
