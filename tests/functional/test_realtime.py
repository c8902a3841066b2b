"""The live view: a ticket opens one socket, once, and a socket that is gone is forgotten."""

import pytest

from heartline.services.live import Hint, Live
from heartline.storage import keys
from heartline.storage.sockets import TICKET_LIFE, Sockets
from tests.fakes import FixedClock, MemoryTable
from tests.office import NOON

SECRET = "s3cret-ticket"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def sockets(memory_table: MemoryTable) -> Sockets:
    return Sockets(memory_table)


@pytest.fixture
def live(sockets: Sockets, clock: FixedClock) -> Live:
    return Live(sockets=sockets, clock=clock)


def test_a_ticket_opens_a_socket(live: Live, sockets: Sockets) -> None:
    sockets.issue(SECRET, "ana", now=NOON)
    assert live.open(SECRET, "conn-1")
    assert sockets.all() == ("conn-1",)


def test_a_ticket_opens_no_second_socket(live: Live, sockets: Sockets) -> None:
    sockets.issue(SECRET, "ana", now=NOON)
    assert live.open(SECRET, "conn-1")
    assert not live.open(SECRET, "conn-2")
    assert sockets.all() == ("conn-1",)


def test_two_who_come_with_one_ticket_at_once_open_one_socket(memory_table: MemoryTable, clock: FixedClock) -> None:
    sockets = Sockets(memory_table)
    sockets.issue(SECRET, "ana", now=NOON)
    opened = []

    def slip_in(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "DeleteItem"):
            memory_table.hook = lambda _moment, _operation: None
            opened.append(sockets.redeem(SECRET, "thief", now=clock()))

    memory_table.hook = slip_in
    opened.append(sockets.redeem(SECRET, "conn-1", now=clock()))
    assert opened == [True, False]
    assert sockets.all() == ("thief",)


def test_an_expired_ticket_opens_nothing_though_it_is_still_stored(
    live: Live, sockets: Sockets, clock: FixedClock
) -> None:
    sockets.issue(SECRET, "ana", now=NOON)
    clock.at += TICKET_LIFE
    clock.advance(seconds=1)
    assert not live.open(SECRET, "conn-1")
    assert sockets.all() == ()


@pytest.mark.parametrize("ticket", ["", "guessed"])
def test_no_ticket_and_a_guessed_one_open_nothing(live: Live, ticket: str) -> None:
    assert not live.open(ticket, "conn-1")


def test_the_table_does_not_hold_what_a_thief_of_the_table_could_use(
    sockets: Sockets, memory_table: MemoryTable
) -> None:
    sockets.issue(SECRET, "ana", now=NOON)
    assert SECRET not in repr(memory_table.everything())
    assert memory_table.get(keys.ticket(SECRET)) is not None


def test_a_closed_socket_is_forgotten(live: Live, sockets: Sockets) -> None:
    sockets.issue(SECRET, "ana", now=NOON)
    live.open(SECRET, "conn-1")
    live.close("conn-1")
    assert sockets.all() == ()


def test_a_hint_reaches_every_socket_and_forgets_those_that_are_gone(live: Live, sockets: Sockets) -> None:
    for name in ("here", "gone"):
        sockets.issue(name, "ana", now=NOON)
        live.open(name, f"conn-{name}")
    posted: list[tuple[str, int]] = []

    def post(connection: str, cursor: int) -> bool:
        posted.append((connection, cursor))
        return connection == "conn-here"

    assert Hint(sockets=sockets, post=post)(41) == 1
    assert sorted(posted) == [("conn-gone", 41), ("conn-here", 41)]
    assert sockets.all() == ("conn-here",)
