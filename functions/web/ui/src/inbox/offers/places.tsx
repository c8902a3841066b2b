// Where offers stand: in the strip above the panes, in the open conversation, and on a row of the list.

import type { Conversation } from "../../api/types";
import { useApp } from "../../app-context";
import { secondsUntil } from "../../calls/roles";
import { useSeconds } from "../../calls/tick";
import { Lazy } from "../../ui/lazy";
import { isOfferedTo, offerId, offersOf } from "./offers";

const bar = () => import("./offer-bar");

/** All but the one that is open. */
export function OfferLines() {
  const { store } = useApp();
  const others = offersOf(store).filter(({ id }) => id !== store.route.value.conversation);
  return (
    <>
      {others.map((head, index) => (
        <Offer key={offerId(head)} conversation={head} open={false} first={index === 0} />
      ))}
    </>
  );
}

/** The one that is open, below its head. */
export function OfferHere({ conversation }: { conversation: Conversation }) {
  const me = useApp().store.me.value?.id;
  return isOfferedTo(conversation, me) ? (
    <Offer key={offerId(conversation)} conversation={conversation} open />
  ) : null;
}

function Offer(properties: { conversation: Conversation; open: boolean; first?: boolean }) {
  return <Lazy load={bar} label="The offer" rows={1} with={properties} />;
}

/** The clock of a row that is offered. */
export function OfferClock({ conversation: { offered_until: until } }: { conversation: Conversation }) {
  const left = secondsUntil(until, useSeconds());
  return (
    <span class="when clock" title="After this it goes to somebody else">
      Offered to you, {left} s
    </span>
  );
}
