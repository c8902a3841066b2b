"""Matchers at once on one table over MiniStack: they may get into each other's way, and nothing may come of it.

Speed is told and not asked for: it is that of an emulator on one machine. What is asked for are counts.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from heartline.domain.errors import Contended
from heartline.domain.inboxes import Company, Staff
from heartline.domain.routing.lifecycle import Move
from heartline.services.configure import read_company
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Item
from heartline.storage.routing import DynamoRouting
from tests.fakes import MemoryTable
from tests.functional.routed import DOCUMENT, Routed
from tests.invariants import violations
from tests.tables import dynamodb_client, ministack, new_table
from tests.world import stored, world_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MATCHERS: Final = (1, 4, 16)
AGENTS: Final = 40
PLACES: Final = 5
WAITING: Final = 250
"""More wait than there are places, so that every place is fought for to the end."""

PAUSE: Final = (0.05, 0.3)
"""Seconds that a matcher waits after a tick that lost all of its claims; in production the timers make it one."""

MOST_TICKS: Final = 200


@dataclass(slots=True)
class Tally:
    """What all matchers together asked of the table."""

    requests: int = 0
    lost: int = 0
    cancelled: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def request(self, **_: Any) -> None:
        with self.lock:
            self.requests += 1

    def loses(self, claims: int, *, cancelled: int = 0) -> None:
        with self.lock:
            self.lost += claims
            self.cancelled += cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivalry:
    """What came of some matchers at once. `lost` claims were somebody else's by then, `cancelled` merges had some.

    `over` are agents with more work than places, `twice` conversations that two agents hold, `broken` the invariants
    that do not hold afterwards.
    """

    matchers: int
    places: int
    claimed: int
    seconds: float
    requests: int
    lost: int
    cancelled: int
    over: int
    twice: int
    broken: tuple[str, ...]

    @property
    def met(self) -> bool:
        return self.claimed == self.places and not (self.over or self.twice or self.broken)


class Watched(DynamoRouting):
    """A store that counts the claims that it loses."""

    def __init__(self, table: Table, tally: Tally) -> None:
        super().__init__(table)
        self._tally = tally

    def move(self, move: Move, *, staff: Staff, token: str = "", **beside: Any) -> None:
        try:
            super().move(move, staff=staff, token=token, **beside)
        except Contended:
            self._tally.loses(1 if move.gate else 0)
            raise

    def claim(self, moves: Sequence[Move], *, staff: Staff, token: str) -> Sequence[Move]:
        try:
            made = super().claim(moves, staff=staff, token=token)
        except Contended:
            self._tally.loses(0, cancelled=1)
            raise
        self._tally.loses(len(moves) - len(made), cancelled=int(len(made) < len(moves)))
        return made


def rivalries(matchers: Sequence[int] = MATCHERS, *, agents: int = AGENTS, waiting: int = WAITING) -> list[Rivalry]:
    """Each number of matchers on the same world, one after the other, on a MiniStack of their own."""
    company, seed = world(agents, waiting)
    with tempfile.TemporaryDirectory() as folder, ministack(Path(folder)) as endpoint:
        return [rivalry(count, company, seed, endpoint) for count in matchers]


def rivalry(matchers: int, company: Company, seed: Sequence[Item], endpoint: str) -> Rivalry:
    looking = dynamodb_client(endpoint)
    name = new_table(looking)
    Table(looking, name).put_many(seed)
    tally = Tally()
    began = time.monotonic()
    _at_once([_matcher(_watched(endpoint, tally), name, company, tally) for _ in range(matchers)])
    seconds = time.monotonic() - began
    return _outcome(matchers, stored(looking, name), seconds, tally)


def _watched(endpoint: str, tally: Tally) -> "DynamoDBClient":
    """A client of its own, as every function has."""
    client = dynamodb_client(endpoint)
    client.meta.events.register("before-send.dynamodb", tally.request)
    return client


def _matcher(client: "DynamoDBClient", name: str, company: Company, tally: Tally) -> Callable[[], None]:
    routed = Routed(Table(client, name), company_read=company)
    route = routed.route_with(Watched(routed.table, tally))

    def work() -> None:
        """Tick until nothing is left to be claimed; what was lost may have left a place to somebody else."""
        for _ in range(MOST_TICKS):
            routed.again.messages.clear()
            routed.timers.messages.clear()
            claimed = route()
            if not (claimed or routed.again.messages or routed.timers.messages):
                return
            if not claimed:
                time.sleep(random.uniform(*PAUSE))
        raise RuntimeError("a matcher never came to an end")

    return work


def _at_once(work: Sequence[Callable[[], None]]) -> None:
    """Run each in a thread of its own; what one raises is raised here."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=len(work)) as pool:
        for future in [pool.submit(each) for each in work]:
            future.result()


def world(agents: int, waiting: int) -> tuple[Company, Sequence[Item]]:
    """Agents online and texts that wait, made in memory by the code that takes texts in."""
    ana = DOCUMENT["agents"][0]
    staff = [{**ana, "id": f"a{number:03d}", "capacity": {"sms": PLACES}} for number in range(agents)]
    company = read_company({**DOCUMENT, "agents": staff})
    routed = Routed(table := MemoryTable(), company_read=company)
    for number in range(waiting):
        routed.text(str(number + 1))
    routed.online(*(profile.id for profile in company.agents))
    return company, table.everything()


def _outcome(matchers: int, items: Sequence[Item], seconds: float, tally: Tally) -> Rivalry:
    states = world_of(items).by_kind["AG"]
    held = [conversation for state in states for conversation in state["open"]]
    return Rivalry(
        matchers=matchers,
        places=len(states) * PLACES,
        claimed=len(held),
        seconds=seconds,
        requests=tally.requests,
        lost=tally.lost,
        cancelled=tally.cancelled,
        over=sum(len(state["open"]) > PLACES or state["free_sms"] < 0 for state in states),
        twice=len(held) - len(set(held)),
        broken=tuple(violations(items)),
    )


def table_of(outcomes: Sequence[Rivalry]) -> tuple[Sequence[str], list[Sequence[object]]]:
    """The head and the rows of what `make bench` says about it."""
    head = (
        "matchers",
        "claimed",
        "claims a second",
        "requests for each",
        "lost claims",
        "cancelled merges",
        "too much",
    )
    rows: list[Sequence[object]] = [
        (
            each.matchers,
            f"{each.claimed} of {each.places}",
            f"{each.claimed / each.seconds:.0f}",
            f"{each.requests / each.claimed:.2f}",
            each.lost,
            each.cancelled,
            each.over + each.twice,
        )
        for each in outcomes
    ]
    return head, rows


def main() -> int:
    """Answer 1 where a place was given twice, left empty, or an invariant is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.claims", description=__doc__)
    parser.parse_args()
    outcomes = rivalries()
    head, rows = table_of(outcomes)
    for row in (head, *rows):
        sys.stdout.write("".join(f"{cell!s:>18}" for cell in row) + "\n")
    for each in outcomes:
        sys.stderr.writelines(f"bench: {each.matchers} matchers: {sentence}\n" for sentence in each.broken)
    return 0 if all(each.met for each in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
