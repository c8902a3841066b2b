"""How often a number called within the hour, and blocked numbers, in the table."""

from datetime import timedelta
from itertools import product

import pytest

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import NotFound
from heartline.domain.screening import MOST_LIVE, BlockedCaller, Caller, Treatment
from heartline.storage import keys
from heartline.storage.callers import DynamoCallers, caller_keys, caller_of, counted, recent_calls
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Put
from tests.office import EVA, NOON

PHONE = Identity(kind=IdentityKind.PHONE, address=EVA)
WITHHELD = Identity(kind=IdentityKind.ANONYMOUS, address="CA1")
LIMIT = 5


@pytest.fixture(params=["memory", "moto"])
def table(request: pytest.FixtureRequest) -> Table:
    found: Table = request.getfixturevalue(f"{request.param}_table")
    return found


def known(table: Table, *, minutes: int = 0) -> Caller:
    at = NOON + timedelta(minutes=minutes)
    found = table.get_many(caller_keys(PHONE, "support", at))
    return caller_of(found, PHONE, "support", at, forwarded_from="")


def ring(table: Table, call: str, *, minutes: int = 0, limit: int = LIMIT) -> None:
    """What the step writes that answers the ring."""
    at = NOON + timedelta(minutes=minutes)
    new = Put(item={**keys.call(call), "state": "ivr"}, condition=MISSING)
    table.transact([new, *counted(Caller(identity=PHONE), call, "support", at, below=limit)])


def test_a_number_that_never_called_is_unknown(table: Table) -> None:
    assert known(table) == Caller(identity=PHONE)


def test_calls_are_counted_within_their_hour(table: Table) -> None:
    for number in range(3):
        ring(table, f"CA{number}", minutes=number)
    assert (known(table).earlier, known(table, minutes=60).earlier) == (3, 0)


def test_a_repeated_ring_is_counted_once(table: Table) -> None:
    ring(table, "CA1")
    with pytest.raises(ConditionFailed):
        ring(table, "CA1")
    assert known(table).earlier == 1


def test_at_the_cap_the_counter_refuses_and_nothing_is_written(table: Table) -> None:
    for number in range(LIMIT):
        ring(table, f"CA{number}")
    with pytest.raises(ConditionFailed) as refused:
        ring(table, "CA9")
    assert list(refused.value.failed) == [1]
    assert table.get(keys.call("CA9")) is None
    assert known(table).earlier == LIMIT


def test_without_a_cap_it_only_counts(table: Table) -> None:
    for number in range(LIMIT + 2):
        ring(table, f"CA{number}", limit=0)
    assert known(table).earlier == LIMIT + 2


def test_who_withholds_the_number_is_neither_looked_up_nor_counted() -> None:
    assert caller_keys(WITHHELD, "support", NOON) == ()
    assert counted(Caller(identity=WITHHELD), "CA1", "support", NOON, below=LIMIT) == ()


def test_the_calls_of_the_hour_are_looked_at_only_where_they_may_be_a_loop(table: Table) -> None:
    for number in range(MOST_LIVE):
        found = table.get_many(caller_keys(PHONE, "support", NOON))
        assert recent_calls(found, PHONE, "support", NOON) == ()
        ring(table, f"CA{number}")
    found = table.get_many(caller_keys(PHONE, "support", NOON))
    assert recent_calls(found, PHONE, "support", NOON) == tuple(keys.call(f"CA{n}") for n in range(MOST_LIVE))


@pytest.mark.parametrize("treatment", Treatment)
def test_a_blocked_number_is_known_by_what_it_gets(table: Table, treatment: Treatment) -> None:
    entry = BlockedCaller(number=EVA, treatment=treatment, reason="threats", by="lea", at=NOON)
    callers = DynamoCallers(table)
    callers.block(entry)
    assert known(table).blocked == entry
    assert callers.unblock(EVA) == entry
    assert known(table).blocked is None


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
