"""A conversation that is taken up again: how long that is possible, and since when its customer waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.conversations import Conversation, State
from heartline.domain.mail import Kind
from heartline.domain.messages import Channel
from heartline.domain.reopening import days_closed, has_lapsed, renewed, reopened
from heartline.domain.routing.lifecycle import closed
from tests.office import NOON

OPEN = Conversation(
    id="c1",
    inbox="support",
    contact="tom",
    contact_name="Tom",
    contact_address="tom@example.org",
    subject="My order",
    state=State.WAITING,
    version=1,
    channels=(Channel.EMAIL,),
    routing_channel=Channel.EMAIL,
    routing_class="email|",
    requires={},
    band=5,
    boost=0,
    enqueued=NOON,
    preview="Where is it?",
    last_message_at=NOON,
    last_visible="m1",
    opened_at=NOON,
    waiting_since=NOON,
    exclusions={"ana": 1},
)
LATER = NOON + timedelta(days=3)


@pytest.mark.parametrize(("after", "lapsed"), [({"days": 30}, False), ({"days": 30, "seconds": 1}, True)])
def test_the_days_count_from_the_close(after: dict[str, float], lapsed: bool) -> None:
    head = closed(OPEN, at=LATER)

    assert has_lapsed(head, days=30, at=LATER + timedelta(**after)) is lapsed
    assert days_closed(head, at=LATER + timedelta(**after)) == 30


def test_what_is_open_never_lapses() -> None:
    assert not has_lapsed(OPEN, days=0, at=NOON + timedelta(days=900))


def test_one_that_does_not_say_when_it_was_closed_counts_from_its_last_message() -> None:
    assert has_lapsed(replace(OPEN, state=State.CLOSED), days=2, at=LATER)


def test_by_hand_the_customer_waits_since_the_word_that_nobody_answered() -> None:
    head = reopened(closed(OPEN, at=LATER), None, at=LATER)

    assert (head.state, head.waiting_since, head.enqueued, head.closed_at) == (State.WAITING, NOON, LATER, None)


def test_by_hand_a_customer_who_was_answered_does_not_wait() -> None:
    answered = replace(OPEN, waiting_since=None, answered_at=NOON)

    assert reopened(closed(answered, at=LATER), None, at=LATER).waiting_since is None


def test_what_was_filtered_and_is_wanted_waits_since_it_came() -> None:
    filtered = replace(closed(OPEN, at=NOON), kind=Kind.SPAM, waiting_since=None)

    assert (renewed(filtered, at=LATER).kind, renewed(filtered, at=LATER).waiting_since) == (Kind.HUMAN, NOON)


def test_nobody_owns_a_conversation_that_waits_again_and_nobody_has_declined_it() -> None:
    owned = replace(OPEN, state=State.ASSIGNED, agent="ana", reservation="r1", last_agent="ana")

    head = reopened(closed(owned, at=LATER), None, at=LATER)

    assert (head.agent, head.reservation, head.exclusions, head.last_agent) == (None, None, None, "ana")
