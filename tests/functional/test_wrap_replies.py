"""A customer writes in the wrap-up: it stays with its agent, and no wrap-up ends over an answer (R15, R16)."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from heartline.domain.messages import Channel
from heartline.domain.routing.model import Policy
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.streamed import Streamed, balanced


@pytest.fixture
def streamed(memory_table: MemoryTable) -> Iterator[Streamed]:
    yield from balanced(memory_table)


@pytest.fixture
def wrapping(streamed: Streamed) -> str:
    """Closed by Ana, and in wrap-up for a minute."""
    streamed.routed.policy = Policy(wrap={Channel.SMS.value: 60})
    conversation = streamed.had()
    streamed.by_hand("close", conversation)
    streamed.look()
    assert streamed.routed.head(conversation).state == "WRAP"
    return conversation


def test_an_answer_in_wrap_up_stays_with_the_agent_who_never_gave_up_the_place(
    streamed: Streamed, wrapping: str
) -> None:
    streamed.writes("9", 3601)
    streamed.carry_out(*streamed.look())
    head = streamed.routed.head(wrapping)
    assert (head.state, head.agent, head.offer_expires, head.closed_at) == ("ASSIGNED", "ana", None, None)
    streamed.routed.office.clock.advance(minutes=2)
    streamed.routed.route()
    assert streamed.routed.head(wrapping).state == "ASSIGNED"


def test_no_wrap_up_ends_over_an_answer_that_nobody_has_told_of_yet(streamed: Streamed, wrapping: str) -> None:
    streamed.writes("9", 3601)
    streamed.routed.office.clock.advance(minutes=2)
    streamed.routed.route()
    assert streamed.routed.head(wrapping).state == "ASSIGNED"
    streamed.carry_out(*streamed.look())
    assert streamed.routed.head(wrapping).state == "ASSIGNED"


@pytest.mark.parametrize("at", range(1, 12))
def test_an_answer_that_meets_the_end_of_a_wrap_up_anywhere_is_never_closed_over(
    streamed: Streamed, wrapping: str, at: int
) -> None:
    streamed.routed.office.clock.advance(minutes=2)
    calls = count(1)

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            streamed.table.hook = healthy
            streamed.writes("9", 3721)

    streamed.table.hook = meanwhile
    streamed.routed.route()
    if streamed.table.hook is not healthy:
        streamed.table.hook = healthy
        streamed.writes("9", 3721)
    heads = [streamed.routed.head(each) for each in {wrapping, *_all(streamed)}]
    answered = [head for head in heads if head.last_message_at > streamed.now - timedelta(minutes=1)]
    assert [head.state for head in answered] in (["ASSIGNED"], ["WAITING"])


def _all(streamed: Streamed) -> list[str]:
    return [item["PK"].removeprefix("C#") for item in streamed.table.everything() if item["SK"] == "HEAD"]


def test_an_answered_wrap_up_ends_all_the_same(streamed: Streamed, wrapping: str) -> None:
    """Ana has written once more during her wrap-up: nobody waits for anything."""
    streamed.writes("9", 3601)
    streamed.routed.office.clock.advance(seconds=30)
    streamed.routed.office.reply(wrapping)
    streamed.routed.office.clock.advance(minutes=2)
    streamed.routed.route()
    assert streamed.routed.head(wrapping).state == "CLOSED"
