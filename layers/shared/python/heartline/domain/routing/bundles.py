"""Who can be served together where units or blocks tie an agent's places to each other: an exact search (R18).

A bundle is a set of conversations that one agent can take, claimed in R2 order. Whoever can take a bundle can take
any part of it, so the plan holds if bundles, one of each agent, cover it. Sets are bit masks.
"""

from collections.abc import Iterable, Mapping, Sequence

from heartline.domain.routing.eligibility import Case, no_place
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import ONLINE, Agent, Waiting


class Bundles:
    """The admitted conversations that are not settled yet; its cost grows fast with their number."""

    def __init__(self, floor: Floor, cases: Mapping[str, Case]) -> None:
        self._floor = floor
        self._cases = cases
        self._plan: list[Waiting] = []
        self._willing: dict[Case, frozenset[str]] = {}

    def admit(self, head: Waiting) -> bool:
        """Add `head` if bundles cover the plan with it."""
        if not self._servable([*self._plan, head], self._rooms()):
            return False
        self._plan.append(head)
        return True

    def settle(self, head: Waiting, agent: str) -> bool:
        """Take `head`, the first of the plan, out if bundles cover the others once `agent` has it."""
        rooms, rest = self._rooms(), self._plan[1:]
        given = rooms[agent].carrying(head.demand.channel, +1)
        if not self._servable(rest, {**rooms, agent: given}):
            return False
        self._plan = rest
        return True

    def _rooms(self) -> dict[str, Agent]:
        return {name: self._floor.room(name) for name, agent in self._floor.agents.items() if agent.presence == ONLINE}

    def _servable(self, heads: Sequence[Waiting], rooms: Mapping[str, Agent]) -> bool:
        everyone = (1 << len(heads)) - 1
        covered = [0]
        for name, room in rooms.items():
            bundles = self._bundles(name, room, heads)
            covered = _largest({done | bundle for done in covered for bundle in bundles})
            if covered[0] == everyone:
                return True
        return everyone == 0

    def _bundles(self, name: str, room: Agent, heads: Sequence[Waiting]) -> list[int]:
        bundles = {0: room}
        for bit, head in enumerate(heads):
            channel = head.demand.channel
            if name in self._who(self._cases[head.id]):
                bundles |= {
                    mask | 1 << bit: loaded.carrying(channel, +1)
                    for mask, loaded in bundles.items()
                    if no_place(loaded, channel, self._floor.policy) is None
                }
        return _largest(bundles)

    def _who(self, case: Case) -> frozenset[str]:
        if case not in self._willing:
            self._willing[case] = frozenset(agent.id for agent in self._floor.candidates(case))
        return self._willing[case]


def _largest(masks: Iterable[int]) -> list[int]:
    """The sets that are not part of another one, the largest first."""
    kept: list[int] = []
    for mask in sorted(masks, key=int.bit_count, reverse=True):
        if not any(mask & other == mask for other in kept):
            kept.append(mask)
    return kept
