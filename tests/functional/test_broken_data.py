"""What is broken in one place keeps nobody else waiting: an item that cannot be read, a claim that fails for ever."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from heartline.domain.conversations import State
from heartline.domain.inboxes import Staff
from heartline.domain.routing.lifecycle import Move
from heartline.storage import keys
from heartline.storage.expressions import Delete, Update
from heartline.storage.keys import Key
from heartline.storage.routing import DynamoRouting
from heartline.storage.routing_items import agent_key
from tests.fakes import MemoryTable
from tests.functional.routed import Routed
from tests.functional.ticking import places, texts


@pytest.fixture
def routed() -> Routed:
    return Routed(MemoryTable())


def break_item(routed: Routed, key: Key, **words: Any) -> None:
    routed.table.write(Update(key=key, assign=words))


def break_head(routed: Routed, conversation: str) -> None:
    break_item(routed, keys.conversation(conversation), ch="fax")


def left_out(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Which items were said to be left out; a metric goes with each."""
    found = [vars(record)["item"] for record in caplog.records if record.message == "left out"]
    assert capsys.readouterr().out.count('"RoutingLeftOut":[1.0]') == len(found)
    return found


def test_a_head_that_cannot_be_read_holds_nobody_up(
    routed: Routed, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """R4 in the large."""
    broken, behind = texts(routed, 2)
    routed.online("ana")
    break_head(routed, broken)

    assert routed.route() == 1

    assert routed.head(behind).assignee == "ana"
    assert left_out(caplog, capsys) == [f"C#{broken} HEAD"]


def test_an_agent_who_cannot_be_read_is_left_out(
    routed: Routed, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    (waiting,) = texts(routed, 1)
    routed.online("ana", "ben")
    break_item(routed, agent_key(routed.profile("ana").pool, "ana"), open={"c1": {"nothing": "known"}})

    assert routed.route() == 1

    assert routed.head(waiting).assignee == "ben"
    assert "AG#main#0 ana" in left_out(caplog, capsys)


def test_a_class_that_cannot_be_read_is_left_out(routed: Routed) -> None:
    (waiting,) = texts(routed, 1)
    routed.online("ana")
    break_item(routed, keys.routing_class("fax|fr:1"), steps="none")

    assert routed.route() == 1
    assert routed.head(waiting).assignee == "ana"


class Poisoned(DynamoRouting):
    """A table that refuses whatever has to do with one conversation, as a request that is wrong in itself."""

    conversation = ""

    def move(self, move: Move, *, staff: Staff, token: str = "") -> None:
        if move.before.id == self.conversation:
            raise ValueError("Item size has exceeded the maximum allowed size")
        super().move(move, staff=staff, token=token)

    def claim(self, moves: Sequence[Move], *, staff: Staff, token: str) -> Sequence[Move]:
        if any(move.before.id == self.conversation for move in moves):
            raise ValueError("Item size has exceeded the maximum allowed size")
        return super().claim(moves, staff=staff, token=token)


def test_a_claim_that_always_fails_keeps_no_other_from_being_made(
    routed: Routed, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    first, poison, last = texts(routed, 3)
    places(routed, "ana", 3)
    store = Poisoned(routed.table)
    store.conversation = poison

    assert routed.route_with(store)() == 2

    assert [routed.head(each).assignee for each in (first, poison, last)] == ["ana", None, "ana"]
    assert left_out(caplog, capsys) == ["claims for ana", poison]
    assert routed.again.messages, "and the next tick is asked for"


def test_an_offer_that_cannot_be_ended_keeps_no_other_from_ending(routed: Routed) -> None:
    called = texts(routed, 2)
    routed.online("ana", "ben")
    for conversation in called:
        routed.handover.queue_call(routed.call(conversation))
    assert routed.route() == 2
    broken, other = sorted(called, key=lambda each: routed.head(each).agent or "")
    break_head(routed, broken)
    routed.office.clock.advance(seconds=20)

    routed.route()

    assert routed.head(other).state == "WAITING"


def test_a_sweep_goes_past_what_it_cannot_read_and_takes_nothing_from_it(
    routed: Routed, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows whether its entry is an orphan: the code may be an older one than the data."""
    broken = routed.text("1")
    missing = routed.text("2", inbox="sales")
    (waiter,) = routed.store.waiters("sms|inbox:sales:1", limit=9)
    entry = {"PK": "WQ#sms|inbox:sales:1#0", "SK": waiter.place}
    break_head(routed, broken)
    routed.table.write(Delete(key=entry))

    assert routed.sweep().repaired == 1

    assert [each.conversation for each in routed.store.waiters("sms|inbox:sales:1", limit=9)] == [missing]
    assert [each.conversation for each in routed.store.waiters("sms|inbox:support:1", limit=9)] == [broken]
    assert routed.again.messages == [{"cause": "time"}]
    assert left_out(caplog, capsys)


def test_what_is_snoozed_and_cannot_be_read_keeps_nobody_else_asleep(
    routed: Routed, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    ana = routed.profile("ana")
    broken, behind = texts(routed, 2)
    for minutes, conversation in enumerate((broken, behind), start=1):
        routed.by_hand.assign(conversation, to=ana, by=ana)
        until = routed.office.clock() + timedelta(minutes=minutes)
        routed.by_hand.snooze(conversation, until=until, by=ana)
    break_head(routed, broken)
    routed.office.clock.advance(hours=1)

    assert routed.snoozes() == 1

    assert routed.head(behind).state is State.ASSIGNED
    assert left_out(caplog, capsys) == [broken]
