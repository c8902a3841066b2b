"""Snoozed work comes back: by hand, at its time, and when the customer writes, by stream and timers (R16)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count, permutations
from typing import Any

import pytest

from heartline.domain.errors import Conflict, Refused
from heartline.storage.snoozes import DynamoSnoozes
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.streamed import EVA, Streamed, balanced


@pytest.fixture
def streamed(memory_table: MemoryTable) -> Iterator[Streamed]:
    yield from balanced(memory_table)


def test_a_snooze_frees_the_place_and_keeps_the_owner(streamed: Streamed) -> None:
    until = streamed.now + timedelta(hours=2)
    conversation = streamed.snoozed(until)
    head = streamed.routed.head(conversation)
    assert (head.state, head.assignee, head.snoozed_until) == ("SNOOZED", "ana", until)
    assert streamed.routed.free("ana", "sms") == 2
    assert streamed.routed.office.words(conversation)[-1] in {
        "Ana snoozed this until 2026-03-02 15:00 UTC",
        "Ana took this",
    }


def test_it_comes_back_within_the_minute_of_its_time_and_not_before(streamed: Streamed) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(minutes=5))
    streamed.routed.office.clock.advance(seconds=299)
    assert streamed.routed.snoozes() == 0
    streamed.routed.office.clock.advance(seconds=1)
    assert streamed.routed.snoozes() == 1
    assert streamed.routed.snoozes() == 0
    head = streamed.routed.head(conversation)
    assert (head.state, head.agent, head.snoozed_until) == ("ASSIGNED", "ana", None)


def test_it_comes_back_to_its_owner_whatever_they_do_and_however_full_they_are(streamed: Streamed) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(minutes=5))
    for number in ("2", "3", "4"):
        streamed.by_hand("assign", streamed.routed.text(number), to=streamed.routed.profile("ana"))
    last = streamed.routed.state("ana").agent.last
    streamed.routed.office.clock.advance(minutes=5)
    streamed.routed.snoozes()
    assert streamed.routed.head(conversation).assignee == "ana"
    assert streamed.routed.free("ana", "sms") == -2
    assert streamed.routed.state("ana").agent.last == last, "it is no new work (R3)"


def test_the_longest_overdue_wake_first_and_the_rest_a_minute_later(
    streamed: Streamed, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = []
    for number in (3, 1, 2):
        conversation = streamed.routed.text(str(number))
        streamed.by_hand("assign", conversation, to=streamed.routed.profile("ana"))
        streamed.by_hand("snooze", conversation, until=streamed.now + timedelta(minutes=number))
        names.append(conversation)
    streamed.routed.office.clock.advance(hours=1)
    monkeypatch.setattr("heartline.services.snoozes.MOST_WOKEN", 2)
    assert streamed.routed.snoozes() == 2
    assert [streamed.routed.head(name).state for name in names] == ["SNOOZED", "ASSIGNED", "ASSIGNED"]
    assert streamed.routed.snoozes() == 1


def test_without_a_time_it_waits_for_the_customer(streamed: Streamed) -> None:
    conversation = streamed.snoozed()
    streamed.routed.office.clock.advance(days=300)
    assert streamed.routed.snoozes() == 0
    assert streamed.routed.head(conversation).state == "SNOOZED"


def test_whose_owner_is_no_agent_any_more_waits_in_line(streamed: Streamed) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(minutes=5))
    streamed.routed.company_read = type(streamed.routed.company_read)(
        inboxes=streamed.routed.company_read.inboxes, agents=(streamed.routed.profile("ben"),)
    )
    streamed.routed.office.clock.advance(minutes=5)
    streamed.routed.snoozes()
    assert (streamed.routed.head(conversation).state, streamed.routed.head(conversation).agent) == ("WAITING", None)
    streamed.routed.online("ben")
    streamed.routed.route()
    assert streamed.routed.head(conversation).assignee == "ben"


def test_an_agent_finds_what_they_have_snoozed_the_soonest_first_page_by_page(streamed: Streamed) -> None:
    names = {}
    for number, hours in (("1", 5), ("2", None), ("3", 1)):
        names[number] = streamed.routed.text(number)
        streamed.by_hand("assign", names[number], to=streamed.routed.profile("ana"))
        until = streamed.now + timedelta(hours=hours) if hours else None
        streamed.by_hand("snooze", names[number], until=until)
    store = DynamoSnoozes(streamed.table)
    first = store.of("ana", limit=2)
    assert first.items == (names["3"], names["1"])
    assert store.of("ana", limit=2, cursor=first.next).items == (names["2"],)
    assert store.of("ben", limit=2).items == ()


def test_another_time_moves_it(streamed: Streamed) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(minutes=5))
    streamed.by_hand("snooze", conversation, until=streamed.now + timedelta(minutes=9))
    streamed.routed.office.clock.advance(minutes=8)
    assert streamed.routed.snoozes() == 0
    streamed.by_hand("wake", conversation)
    streamed.by_hand("wake", conversation)
    assert streamed.routed.head(conversation).state == "ASSIGNED"
    assert [words for words in streamed.routed.office.words(conversation) if words == "Ana woke this"] == [
        "Ana woke this"
    ]


@pytest.mark.parametrize(
    ("ahead", "words"), [(timedelta(0), "That time is over"), (timedelta(days=367), "more than a year ahead")]
)
def test_the_time_is_in_the_next_year(streamed: Streamed, ahead: timedelta, words: str) -> None:
    conversation = streamed.had()
    with pytest.raises(Refused, match=words):
        streamed.by_hand("snooze", conversation, until=streamed.now + ahead)
    assert streamed.routed.head(conversation).state == "ASSIGNED"


def test_nobody_snoozes_what_nobody_has(streamed: Streamed) -> None:
    with pytest.raises(Conflict, match="Take it first"):
        streamed.by_hand("snooze", streamed.routed.text("1"), until=None)


def test_nobody_snoozes_over_a_message_that_they_have_not_read(streamed: Streamed) -> None:
    conversation = streamed.had()
    seen = streamed.routed.head(conversation).last_visible
    streamed.writes("9", 60)
    with pytest.raises(Conflict, match="newer message"):
        streamed.by_hand("snooze", conversation, until=None, seen=seen)
    assert streamed.routed.head(conversation).state == "ASSIGNED"


@pytest.mark.parametrize("at", range(1, 9))
def test_a_message_that_meets_a_snooze_anywhere_is_seen(streamed: Streamed, at: int) -> None:
    """Either the snooze is refused, or the stream tells of the message."""
    conversation = streamed.had()
    seen = streamed.routed.head(conversation).last_visible
    calls = count(1)
    causes: list[dict[str, Any]] = []

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            streamed.table.hook = healthy
            causes.extend(streamed.written())

    streamed.table.hook = meanwhile
    with suppress(Conflict):
        streamed.by_hand("snooze", conversation, until=None, seen=seen)
    met = streamed.table.hook is healthy
    streamed.table.hook = healthy
    causes += [] if met else streamed.written()
    assert streamed.routed.head(conversation).state == ("ASSIGNED" if met else "SNOOZED")
    streamed.carry_out(*causes, *streamed.look())
    assert streamed.routed.head(conversation).state == "ASSIGNED"


def test_the_customers_answer_brings_it_back_at_once(streamed: Streamed) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(days=3))
    streamed.writes("9", 60)
    causes = streamed.look()
    assert [cause["conversation"] for cause in causes] == [conversation]
    streamed.carry_out(*causes)
    assert streamed.routed.head(conversation).assignee == "ana"
    assert streamed.look() == []


def test_other_messages_ask_for_nothing(streamed: Streamed) -> None:
    conversation = streamed.had()
    streamed.look()
    streamed.writes("9", 60)
    streamed.routed.office.clock.advance(seconds=1)
    streamed.routed.office.reply(conversation)
    assert streamed.look() == []
    assert streamed.timers.messages == []


@pytest.mark.parametrize("what", ["reply", "note", "automatic"])
def test_what_is_not_the_customers_does_not_bring_it_back(streamed: Streamed, what: str) -> None:
    conversation = streamed.snoozed()
    office = streamed.routed.office
    office.clock.advance(minutes=1)
    words: dict[str, Callable[[], object]] = {
        "reply": lambda: office.reply(conversation),
        "note": lambda: office.answer.note(conversation, request_id="n", text="Hm.", agent=office.agent("ana")),
        "automatic": lambda: office.ingest(office.text("9", "STOP", sender=EVA, at=90)),
    }
    words[what]()
    assert streamed.look() == []


def test_told_late_and_twice_it_brings_back_only_the_snooze_that_it_is_about(streamed: Streamed) -> None:
    conversation = streamed.snoozed()
    streamed.writes("9", 60)
    causes = streamed.look()
    streamed.carry_out(*causes, *causes)
    assert streamed.routed.head(conversation).version == 2
    streamed.routed.office.clock.advance(minutes=1)
    streamed.by_hand("snooze", conversation, until=None)
    streamed.carry_out(*causes)
    assert streamed.routed.head(conversation).state == "SNOOZED"


def test_a_message_that_was_overtaken_on_its_way_brings_it_back_too(streamed: Streamed) -> None:
    conversation = streamed.had()
    streamed.writes("9", 60)
    streamed.by_hand("snooze", conversation, until=None)
    streamed.look()
    streamed.writes("8", 30)
    streamed.carry_out(*streamed.look())
    assert streamed.routed.head(conversation).assignee == "ana"


STEPS: dict[str, Callable[[Streamed, str], object]] = {
    "wake": lambda streamed, name: streamed.by_hand("wake", name),
    "morning": lambda streamed, _: streamed.routed.snoozes(),
    "reply": lambda streamed, _: streamed.carry_out(*streamed.look()),
}


@pytest.mark.parametrize("order", list(permutations(STEPS)), ids=" ".join)
def test_whatever_wakes_it_first_it_is_assigned_once(streamed: Streamed, order: tuple[str, ...]) -> None:
    conversation = streamed.snoozed(streamed.now + timedelta(minutes=1))
    streamed.routed.office.clock.advance(minutes=1)
    streamed.writes("9", 3660)
    for step in order:
        STEPS[step](streamed, conversation)
    head = streamed.routed.head(conversation)
    assert (head.state, head.agent, head.version) == ("ASSIGNED", "ana", 2)
