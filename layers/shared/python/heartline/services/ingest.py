"""Takes in what a customer sent, on any channel: exactly once, into the right conversation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from heartline.domain.errors import AlreadyStored, Contended, Unavailable
from heartline.domain.intake import Arrival, Standing
from heartline.domain.placing import Intake, place
from heartline.domain.terms import Sorting, Tone, Tongue, calm, silent
from heartline.services.ports import Configuration, IntakeStore, NewId

TRIES: Final = 6
"""How often the ground of a decision may move under it before the queue takes over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """Gather (who is it, what is open), decide (`place`), do (one transaction); again if somebody was faster.

    `tongue` tells the language of what is written, `tone` whether somebody is upset.
    """

    store: IntakeStore
    configuration: Configuration
    new_id: NewId
    tongue: Tongue = silent
    tone: Tone = calm

    def __call__(self, arrival: Arrival, *, again: Callable[[Arrival], Arrival] = lambda arrival: arrival) -> str:
        """Store the arrival and answer its conversation; a repetition answers the conversation of the first.

        `again` refreshes what the channel itself had read (a thread that was closed meanwhile) before a new try.
        Raises `Unavailable` if the ground kept moving: the event stays in its queue.
        """
        for _ in range(TRIES):
            try:
                return self._place(arrival).message.conversation
            except AlreadyStored as known:
                return known.conversation
            except Contended:
                arrival = again(arrival)
        raise Unavailable("the conversation kept changing; the event is tried again")

    def _place(self, arrival: Arrival) -> Intake:
        at = arrival.at.replace(microsecond=arrival.at.microsecond // 1000 * 1000)
        arrival = replace(arrival, at=at)
        sorting = Sorting.of(self.configuration.company(), self.tongue, self.tone)
        intake = place(arrival, self._standing(arrival), new_conversation=self.new_id(), sorting=sorting)
        self.store.store(intake)
        return intake

    def _standing(self, arrival: Arrival) -> Standing:
        """What is known of the sender, beside the conversation that they write to if it is another contact's."""
        pairs = arrival.consent.pairs if arrival.consent else ()
        standing, thread = self.store.locate(arrival.sender, arrival.inbox.id, pairs=pairs), arrival.thread
        contact = standing.contact.id if standing.contact else None
        if thread is None or arrival.quiet or contact == thread.contact:
            return standing
        return self.store.beside(thread, standing)
