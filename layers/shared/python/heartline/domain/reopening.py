"""A closed conversation that is written to again: whether it is reopened or followed up, and how it begins anew."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.intake import preview_of
from heartline.domain.mail import Kind
from heartline.domain.messages import Message

MOST_SIGNS: Final = 6
"""How many signs of heat a head keeps, the latest."""


def has_lapsed(head: Conversation, *, days: int, at: datetime) -> bool:
    """Whether `head` was closed more than `days` (`MailRules.reopen_days`) before `at`: what comes now is new."""
    return head.state is State.CLOSED and at - _closed_at(head) > timedelta(days=days)


def days_closed(head: Conversation, *, at: datetime) -> int:
    """For how many whole days `head` had been closed at `at`."""
    return (at - _closed_at(head)).days


def renewed(closed: Conversation, *, at: datetime) -> Conversation:
    """What a conversation that a person takes up again begins with: an age of its own, and nobody who declined it.

    The customer waits since the word that nobody answered before the close; what was filtered has never been answered.
    """
    return replace(
        closed,
        kind=Kind.HUMAN,
        enqueued=at,
        closed_at=None,
        waiting_since=closed.opened_at if closed.filtered else closed.waiting_since,
        exclusions=None,
        declined=None,
    )


def reopened(closed: Conversation, message: Message | None, *, at: datetime) -> Conversation:
    """A closed conversation waits again: a new wait from `at`, for whoever is there (R16).

    `message` is the customer's who reopened it: a new cycle, in which they wait since then.
    """
    head = replace(
        renewed(closed, at=at),
        state=State.WAITING,
        version=closed.version + 1,
        agent=None,
        reservation=None,
        offer_expires=None,
    )
    if message is None:
        return head
    channels = tuple(sorted({*closed.channels, message.channel}))
    head = replace(head, channels=channels, waiting_since=at, rounds=closed.rounds + 1)
    if at < closed.last_message_at:  # it was delayed on its way: a younger one stands in the head already
        return head
    return replace(head, preview=preview_of(message.words), last_message_at=at, last_visible=message.id)


def heated_by(head: Conversation, signs: tuple[str, ...]) -> Conversation:
    """At the beginning of a round: heated if it was, or if there are `signs`; what an agent said before is over."""
    said = tuple(dict.fromkeys((*head.heat, *signs))) if signs else head.heat
    return replace(head, heated=head.heated or bool(signs), heat=said[-MOST_SIGNS:], heat_by="")


def _closed_at(head: Conversation) -> datetime:
    """One that was closed before this was written down counts from its last message."""
    return head.closed_at or head.last_message_at
