// One agent of an explanation: their rank, or that they have none, and what is said of them.

interface Props {
  name: string;
  rank: number | null;
  words: string;
}

export function PersonLine({ name, rank, words }: Props) {
  return (
    <li class={rank === null ? "kept-away" : ""}>
      <span class="why-rank" aria-hidden="true">
        {rank ?? "–"}
      </span>
      <span>
        <b>{name}</b> {words}
      </span>
    </li>
  );
}
