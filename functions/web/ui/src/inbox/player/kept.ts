// Where each recording was left and how fast recordings are played: kept while the inbox is open, and one plays at a time.

const places = new Map<string, number>();
let speed = 1;
let playing: HTMLMediaElement | null = null;

export function keptPlace(message: string): number {
  return places.get(message) ?? 0;
}

export function keepPlace(message: string, place: number): void {
  places.set(message, place);
}

export function keptSpeed(): number {
  return speed;
}

export function keepSpeed(chosen: number): void {
  speed = chosen;
}

/** Two voices at once are none. */
export function onlyThis(player: HTMLMediaElement): void {
  if (playing && playing !== player) playing.pause();
  playing = player;
}
