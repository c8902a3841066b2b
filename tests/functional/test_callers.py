"""How often a number called within the hour, and blocked numbers: the step that answers the ring, over the table."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import NotFound
from heartline.domain.inboxes import Company, Inbox
from heartline.domain.screening import MOST_LIVE, Admission, BlockedCaller, Door, Ringing, Treatment
from heartline.domain.voice_rules import Overflow, VoiceRules
from heartline.services.screen import Screen
from heartline.storage import keys
from heartline.storage.callers import DynamoCallers
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Put
from tests.fakes import FixedClock, MemoryTable
from tests.office import EVA, NOON

CAP = 5
PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
WITHHELD = Identity(kind=IdentityKind.ANONYMOUS, address="CA1")


class Entrance:
    """The inbox's door, with a clock and metrics of its own."""

    def __init__(self, table: Table, **rules: object) -> None:
        self.table = table
        self.inbox = Inbox(
            id="support",
            name="Support",
            voice_numbers=("+14155550100",),
            voice_rules=VoiceRules(**{"calls_per_hour": CAP} | rules),  # type: ignore[arg-type]
        )
        self.clock = FixedClock(NOON)
        self.metrics: Counter[str] = Counter()

    def company(self) -> Company:
        return Company(inboxes=(self.inbox,), agents=())

    def rings(self, call: str, who: Identity = PHONE) -> Admission:
        screen = Screen(
            callers=DynamoCallers(self.table),
            configuration=self,
            clock=self.clock,
            metric=lambda: lambda name, value=1, **_: self.metrics.update({name: value}),
        )
        return screen(Ringing(call=call, inbox="support", identity=who), self.inbox)

    def doors(self, calls: int) -> list[Door]:
        return [self.rings(f"CA{number}").door for number in range(calls)]


@pytest.fixture(params=["memory", "moto"])
def table(request: pytest.FixtureRequest) -> Table:
    found: Table = request.getfixturevalue(f"{request.param}_table")
    return found


def test_after_so_many_calls_in_an_hour_a_number_hears_a_busy_tone(table: Table) -> None:
    entrance = Entrance(table)
    assert entrance.doors(CAP + 2) == [Door.OPEN] * CAP + [Door.BUSY] * 2
    assert entrance.metrics == {"CallerCapped": 2}
    entrance.clock.advance(minutes=60)
    assert entrance.rings("CA99").door is Door.OPEN


def test_the_first_call_beyond_the_cap_is_kept_for_the_timeline_and_no_other(table: Table) -> None:
    entrance = Entrance(table)
    entrance.doors(CAP)
    assert [entrance.rings(f"CA9{number}").kept for number in range(3)] == [True, False, False]


def test_a_repeated_ring_is_counted_once_and_answered_the_same(table: Table) -> None:
    entrance = Entrance(table)
    first = [entrance.rings(f"CA{number}") for number in range(CAP + 1)]
    assert [entrance.rings(f"CA{number}") for number in range(CAP + 1)] == first


def test_whoever_is_counted_in_between_takes_the_place(table: Table) -> None:
    entrance, callers = Entrance(table), DynamoCallers(table)
    entrance.doors(CAP - 1)
    late = Ringing(call="CA98", inbox="support", identity=PHONE)
    known = callers.known(late, NOON)
    assert known.earlier == CAP - 1
    assert entrance.rings("CA97").door is Door.OPEN
    assert not callers.count(known, NOON, below=CAP)
    assert entrance.rings("CA98").door is Door.BUSY


def test_every_message_is_taken_where_the_rule_says_so(table: Table) -> None:
    entrance = Entrance(table, over_cap=Overflow.VOICEMAIL)
    assert entrance.doors(CAP + 3)[CAP:] == [Door.VOICEMAIL] * 3


def test_who_withholds_the_number_is_not_counted(table: Table) -> None:
    entrance = Entrance(table)
    assert {entrance.rings("CA1", WITHHELD).door for _ in range(CAP + 3)} == {Door.OPEN}


def test_another_call_while_several_are_live_is_a_loop(table: Table) -> None:
    entrance = Entrance(table, calls_per_hour=0)
    for number in range(MOST_LIVE):
        assert entrance.rings(f"CA{number}").door is Door.OPEN
        table.write(Put(item={**keys.call(f"CA{number}"), "state": "queued"}))
    assert entrance.rings("CA9").door is Door.ENDED
    table.write(Put(item={**keys.call("CA0"), "state": "completed"}))
    assert entrance.rings("CA9").door is Door.OPEN
    assert entrance.metrics == {"CallLoop": 1}


def test_answering_the_ring_costs_a_read_and_a_write_and_beyond_the_cap_the_read_alone() -> None:
    table = MemoryTable()
    entrance = Entrance(table)
    entrance.rings("CA0")
    assert table.usage.requests == {"BatchGetItem": 1, "UpdateItem": 1}
    Entrance(table, calls_per_hour=1).rings("CA98")
    table.usage.requests.clear()
    Entrance(table, calls_per_hour=1).rings("CA99")
    assert table.usage.requests == {"BatchGetItem": 1}


@pytest.mark.parametrize("treatment", Treatment)
def test_a_blocked_number_meets_what_the_lead_chose_until_the_block_is_lifted(
    table: Table, treatment: Treatment
) -> None:
    door = {Treatment.REJECT: Door.REJECTED, Treatment.VOICEMAIL: Door.VOICEMAIL}[treatment]
    entrance, callers = Entrance(table), DynamoCallers(table)
    entry = BlockedCaller(number=EVA, treatment=treatment, reason="threats", by="lea", at=NOON)
    callers.block(entry)
    assert entrance.rings("CA1").door is door
    assert callers.unblock(EVA) == entry
    assert entrance.rings("CA1").door is Door.OPEN


def test_lifting_what_is_not_blocked_is_not_found(table: Table) -> None:
    with pytest.raises(NotFound):
        DynamoCallers(table).unblock(EVA)


def test_blocked_numbers_are_listed_the_latest_first(table: Table) -> None:
    callers = DynamoCallers(table)
    for minute, number in product((0, 1), ("+14155550001", "+14155550002")):
        at = NOON + timedelta(minutes=minute)
        callers.block(BlockedCaller(number=number, treatment=Treatment.REJECT, reason="", by="lea", at=at))
    callers.block(BlockedCaller(number=EVA, treatment=Treatment.REJECT, reason="", by="lea", at=NOON))
    first = callers.page(limit=2, cursor=None)
    rest = callers.page(limit=2, cursor=first.next)
    assert [entry.number for entry in first.items] == ["+14155550002", "+14155550001"]
    assert ([entry.number for entry in rest.items], rest.next) == ([EVA], None)
