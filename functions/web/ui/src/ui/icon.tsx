// Drawn signs, one path each on a 24-unit grid; they are decoration, the words beside or behind them say what they mean.

const PATHS = {
  mine: "M4 13h4l1.5 3h5L16 13h4M4 13l3-8h10l3 8v6H4z",
  snoozed:
    "M12 5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M12 8.5v4.500l3 1.500M3.500 6.500l3-3M20.500 6.500l-3-3",
  unassigned: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 20c1-4 4-6 8-6 1 0 2 .1 3 .4M18 15v6M15 18h6",
  all: "M4 7l8-4 8 4-8 4zM4 12l8 4 8-4M4 17l8 4 8-4",
  filtered: "M4 5h16l-6 8v6l-4-2v-4z",
  held: "M7 5h3v14H7zM14 5h3v14h-3z",
  closed: "M4 5h16v4H4zM6 9v10h12V9M10 13h4",
  email: "M3 6h18v12H3zM3 7l9 7 9-7",
  sms: "M4 5h16v11H11l-5 4v-4H4zM8 9h8M8 12h5",
  whatsapp:
    "M12 3.5a8.5 8.5 0 1 1-4 16L3.5 20.5l1.2-4.3A8.5 8.5 0 0 1 12 3.5M9 8.5c-1 1.5.5 5 4.5 6.7l2-1.200-2-1.700-1 .8c-.8-.4-1.500-1.200-1.800-2l.8-.9z",
  voice: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3",
  note: "M5 4h14v10l-5 6H5zM14 20v-6h5M9 9h6",
  back: "M15 5l-7 7 7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  reopen: "M5 12a7 7 0 1 1 2 5M5 19v-5h5",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 20c1-4 4-6 8-6s7 2 8 6",
  panel: "M3 5h18v14H3zM15 5v14",
  clip: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3l-7.8 7.8a1.5 1.5 0 0 1-2.2-2.2L14 8",
  send: "M4 12L20 4l-5 16-3.5-6.5zM11.5 13.5L20 4",
  keyboard: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M17 14h.01M7 14h.01M10 14h4",
  close: "M6 6l12 12M18 6L6 18",
  chevron: "M7 10l5 5 5-5",
  down: "M12 5v14M6 13l6 6 6-6",
  info: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5M12 8h.01",
  reply: "M9 6L4 11l5 5M4 11h9a7 7 0 0 1 7 7",
  "reply-all": "M7 6l-5 5 5 5M12 6l-5 5 5 5M7 11h7a7 7 0 0 1 7 7",
  forward: "M15 6l5 5-5 5M20 11h-9a7 7 0 0 0-7 7",
  more: "M6 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1M12 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1M18 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1",
  write: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h7M7 19h7M14 5l-4 14",
  bullets: "M5 7h.01M5 12h.01M5 17h.01M9 7h10M9 12h10M9 17h10",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9h.01",
  "call-backs":
    "M6 4h3l2 5-2 1.5a10 10 0 0 0 5 5l1.5-2 5 2v3a3 3 0 0 1-3 3A14 14 0 0 1 4 7a3 3 0 0 1 2-3M20 3v6h-6M20 9l-6-6",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M5 11a7 7 0 0 0 14 0M12 18v3",
  record: "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14",
  keypad:
    "M5 5h3v3H5zM10.5 5h3v3h-3zM16 5h3v3h-3zM5 10.5h3v3H5zM10.5 10.5h3v3h-3zM16 10.5h3v3h-3zM5 16h3v3H5zM10.5 16h3v3h-3zM16 16h3v3h-3z",
  "hang-up": "M4 13c5-5 11-5 16 0l-1.5 3-4-1.5V12c-2-.6-3-.6-5 0v2.5L5.5 16z",
  people:
    "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M2.5 19c.8-3 3.3-5 6.5-5s5.7 2 6.5 5M16 5.5a3 3 0 0 1 0 6M18 14.5c1.8.7 3 2.3 3.5 4.5",
  play: "M8 5v14l11-7z",
  pause: "M7 5h3v14H7zM14 5h3v14h-3z",
  sound: "M4 9h4l5-4v14l-5-4H4zM16.5 8.5a5 5 0 0 1 0 7",
  moon: "M19 14.5A8 8 0 1 1 9.5 5a6.5 6.5 0 0 0 9.5 9.5",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.5l3 2",
  flame:
    "M12 3.500c.5 3-4.500 5.500-4.500 10.500a4.500 4.500 0 0 0 9 .5c0-2-1-3.500-2-4.500-.2 1.500-.8 2.300-1.600 2.700.5-3.500-.3-7-.9-9.200",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
