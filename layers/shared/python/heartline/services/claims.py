"""Carries out what a plan has decided: the claims of one agent together, different agents side by side."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from heartline.domain.errors import Contended, Unavailable
from heartline.domain.inboxes import Staff
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import Decision
from heartline.services.ports import NewId
from heartline.services.routing_ports import RoutingStore
from heartline.services.side_by_side import side_by_side
from heartline.services.sparing import sparing

CLAIMED_TOGETHER: Final = 25
"""How many conversations of one agent are claimed in one transaction; DynamoDB takes 100 writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A decision and the transition that it comes to; `reservation` names the hold and makes the request repeatable."""

    decision: Decision
    agent: str
    reservation: str
    move: Move

    @property
    def conversation(self) -> str:
        return self.decision.head.id

    @property
    def channel(self) -> str:
        return self.decision.head.demand.channel


LOST_AT_FIRST: Final = 8
"""Where so many transactions came to nothing and none to anything, another matcher is at the same plan, and ahead."""


@dataclass(slots=True)
class Race:
    """How the claims of one plan fare."""

    won: bool = False
    lost: int = 0

    @property
    def is_lost(self) -> bool:
        return not self.won and self.lost >= LOST_AT_FIRST

    def told(self, held: Sequence[str]) -> Sequence[str]:
        """Take note of what one transaction came to."""
        self.won = self.won or bool(held)
        self.lost += not held
        return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims all that is still true of a plan. What somebody else was faster with is dropped, and the rest goes on.

    Where everything at first is lost, the rest is left to whoever is faster; the next tick sees what they left.

    `goes_on` is asked before each transaction. Writers of different agents do not meet; those of one agent would, so
    they come one after the other, in the order of the plan.
    """

    store: RoutingStore
    new_id: NewId
    threads: int

    def __call__(self, planned: Sequence[Claim], staff: Staff, goes_on: Callable[[], bool]) -> list[Claim]:
        """Those that were carried out, in the order of the plan."""
        agents: dict[str, list[Claim]] = {}
        for claim in planned:
            agents.setdefault(claim.agent, []).append(claim)
        race = Race()

        def claim_all(claims: Sequence[Claim]) -> list[str]:
            bundles = (bundle for bundle in _bundles(claims) if goes_on() and not race.is_lost)
            return [done for bundle in bundles for done in race.told(self._claim(bundle, staff))]

        done = side_by_side(claim_all, list(agents.values()), threads=self.threads)
        reservations = {reservation for each in done for reservation in each}
        return [claim for claim in planned if claim.reservation in reservations]

    def _claim(self, bundle: Sequence[Claim], staff: Staff) -> list[str]:
        """The reservations that hold now. Where the agent does not take all, each is tried singly."""
        made = self._claim_together(bundle, staff) if len(bundle) > 1 else None
        if made is not None:
            return [claim.reservation for claim in bundle if claim.move in made]
        return [claim.reservation for claim in bundle if self._claim_one(claim, staff)]

    def _claim_together(self, bundle: Sequence[Claim], staff: Staff) -> Sequence[Move] | None:
        """Those that were made, None if that is to be asked of each."""
        with suppress(Contended, Unavailable), sparing(f"claims for {bundle[0].agent}"):
            return self.store.claim([claim.move for claim in bundle], staff=staff, token=self.new_id())
        return None

    def _claim_one(self, claim: Claim, staff: Staff) -> bool:
        """Whether it holds. Where DynamoDB did not answer nobody knows: the next tick reads what became of it."""
        with suppress(Contended, Unavailable), sparing(claim.conversation):
            self.store.move(claim.move, staff=staff, token=claim.reservation)
            return True
        return False


def _bundles(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The claims of one agent by channel: what blocks another channel was planned behind all of that (R10)."""
    channels: dict[str, list[Claim]] = {}
    for claim in claims:
        channels.setdefault(claim.channel, []).append(claim)
    for alike in channels.values():
        left = iter(alike)
        while bundle := list(islice(left, CLAIMED_TOGETHER)):
            yield bundle
