// A voice menu as docs/ivr.md describes it, and what the HTTP API says of one.

export type Kind =
  "menu" | "say" | "hours" | "language" | "queue" | "voicemail" | "call_back" | "message" | "transfer";

export interface Spoken {
  text?: string;
  audio?: string;
}

/** Words, a recording, or one of them for each language. */
export type Prompt = string | Spoken | Record<string, string | Spoken>;

export interface Choice {
  digit: string;
  label: string;
  to: string;
  words?: string[];
}

/** Fields that its kind does not have are absent. */
export interface Node {
  kind: Kind;
  prompt?: Prompt;
  sorry?: Prompt;
  choices?: Choice[];
  otherwise?: string;
  no_input?: string;
  reprompts?: number;
  seconds?: number;
  to?: string;
  open?: string;
  closed?: string;
  holiday?: string;
  language?: string;
  label?: string;
  requires?: Record<string, number>;
  band?: number;
  number?: string;
}

export interface Menu {
  start: string;
  language?: string;
  voices?: Record<string, string>;
  voicemail?: Prompt;
  nodes: Record<string, Node>;
}

export interface Finding {
  severity: "error" | "warning";
  node: string;
  field: string;
  problem: string;
}

export interface Box {
  name: string;
  kind: Kind;
  summary: string;
  x: number;
  y: number;
  layer: number;
}

export interface Arrow {
  source: string;
  to: string;
  label: string;
  path: string;
  x: number;
  y: number;
  chosen: boolean;
  back: boolean;
}

export interface Drawing {
  width: number;
  height: number;
  box_width: number;
  box_height: number;
  boxes: Box[];
  arrows: Arrow[];
}

export interface Checked {
  findings: Finding[];
  drawing: Drawing | null;
}

export interface Kept extends Checked {
  inbox: string;
  name: string;
  menu: Menu | null;
  version: string;
  edit: { by: string; name: string; at: string } | null;
  can_edit: boolean;
  skills: string[];
}
