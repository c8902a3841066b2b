// What a text takes: how many parts, about what it costs, and which character makes it more than it need be.

import type { Texting } from "../../api/texting-types";
import { isTollFree, segments, wholeText } from "./segments";

interface Props {
  text: string;
  /** How it stands, once the server has said so: the notice below it and the price. */
  texting: Texting | null;
  files: number;
}

export function SegmentCount({ text, texting, files }: Props) {
  if (!text.trim() && files === 0) return null;
  const whole = wholeText(text, texting?.notice ?? "");
  const { parts, left, culprit } = segments(whole, isTollFree(texting?.sender ?? ""));
  const cost = files > 0 ? "" : priceWords(parts, texting);
  return (
    <p class="segments" aria-live="off">
      <span>
        {files > 0 ? "A picture message (MMS)" : `${parts === 1 ? "1 text" : `${parts} texts`}, ${left} left`}
        {cost && `, about ${cost}`}
      </span>
      {culprit && files === 0 && (
        <span class="culprit">
          <q>{culprit}</q> makes a text hold 70 characters, not 160
        </span>
      )}
    </p>
  );
}

/** An estimate, as the configuration prices a part; empty where it does not, for nobody knows what files cost. */
export function priceWords(
  parts: number,
  texting: Pick<Texting, "estimate"> | null,
  locale?: string,
): string {
  const { segment_price: price, currency } = texting?.estimate ?? { segment_price: null, currency: null };
  if (price === null || currency === null) return "";
  const money = { style: "currency", currency, maximumFractionDigits: 4 } as const;
  return new Intl.NumberFormat(locale, money).format(Number(price) * parts);
}
