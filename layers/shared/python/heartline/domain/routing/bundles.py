"""Who can be served together where units or blocks tie an agent's places to each other: an exact search (R18).

A bundle is a set of conversations that one agent can take, claimed in R2 order. Whoever can take a bundle can take
any part of it, so the plan holds if bundles, one of each agent, cover it. Sets are bit masks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from heartline.domain.routing.desks import Desk
from heartline.domain.routing.eligibility import Case
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import Waiting

Cover = tuple["Cover", str, int] | None
"""Bundles that cover a set, the latest first: those before it, who takes it, the bundle."""


class Bundles:
    """The admitted conversations that are not settled yet, and agents who can take them all.

    What they take is only changed where it must be: a search costs the more, the more conversations are in the plan.
    """

    def __init__(self, floor: Floor, cases: Mapping[str, Case]) -> None:
        self._floor = floor
        self._cases = cases
        self._plan: list[Waiting] = []
        self._taking: dict[str, list[Waiting]] = {}
        self._willing: dict[Case, set[str]] = {}

    def admit(self, head: Waiting) -> bool:
        """Add `head` if bundles cover the plan with it."""
        taker = next((name for name in self._who(head) if self._fits(name, [*self._taken(name), head])), None)
        if taker is not None:
            self._taking[taker] = [*self._taken(taker), head]
        elif not self._rearrange([*self._plan, head], {}):
            return False
        self._plan.append(head)
        return True

    def settle(self, head: Waiting, agent: str) -> bool:
        """Take `head`, the first of the plan, out if bundles cover the others once `agent` has it."""
        rest = self._plan[1:]
        if self._fits(agent, [head, *(each for each in self._taken(agent) if each is not head)]):
            self._taking = {name: [each for each in heads if each is not head] for name, heads in self._taking.items()}
        elif not self._rearrange(rest, {agent: _after(self._floor.desk(agent), head)}):
            return False
        self._plan = rest
        return True

    def _taken(self, name: str) -> Sequence[Waiting]:
        return self._taking.get(name, ())

    def _fits(self, name: str, heads: Iterable[Waiting]) -> bool:
        desk = self._floor.desk(name)
        for head in heads:
            if desk.refusal(head.demand.channel) is not None:
                return False
            desk = _after(desk, head)
        return True

    def _rearrange(self, heads: Sequence[Waiting], given: Mapping[str, Desk]) -> bool:
        """Look for bundles that cover `heads`, with some agents where they are not yet; those found are taken."""
        everyone = (1 << len(heads)) - 1
        covered: dict[int, Cover] = {0: None}
        for (desk, willing), names in self._kinds(heads, given).items():
            if everyone in covered:
                break
            covered = _with_all(covered, names[: len(heads)], _bundles(desk, willing, heads))
        if everyone not in covered:
            return False
        self._taking = {name: [heads[bit] for bit in _bits(mask)] for name, mask in _told(covered[everyone])}
        return True

    def _kinds(self, heads: Sequence[Waiting], given: Mapping[str, Desk]) -> Mapping[tuple[Desk, int], list[str]]:
        """Agents who have the same room and may take the same of `heads`: one of them can take what another can."""
        willing: dict[str, int] = defaultdict(int)
        for bit, head in enumerate(heads):
            for name in self._who(head):
                willing[name] |= 1 << bit
        kinds: dict[tuple[Desk, int], list[str]] = defaultdict(list)
        for name, mask in willing.items():
            kinds[given.get(name) or self._floor.desk(name), mask].append(name)
        return kinds

    def _who(self, head: Waiting) -> set[str]:
        case = self._cases[head.id]
        if case not in self._willing:
            self._willing[case] = self._floor.candidates(case)
        return self._willing[case]


def _with_all(covered: Mapping[int, Cover], names: Iterable[str], bundles: Iterable[int]) -> dict[int, Cover]:
    """What is covered once each of `names` takes one of `bundles`; as soon as one adds nothing, nobody does."""
    now = dict(covered)
    for name in names:
        reached: dict[int, Cover] = {
            done | bundle: (cover, name, bundle) for done, cover in now.items() for bundle in bundles
        }
        largest = _largest(reached)
        if now.keys() == set(largest):
            break
        now = {mask: reached[mask] for mask in largest}
    return now


def _bundles(desk: Desk, willing: int, heads: Sequence[Waiting]) -> list[int]:
    """What one agent can take of `heads`, without what is part of more."""
    bundles = {0: desk}
    for bit in _bits(willing):
        channel = heads[bit].demand.channel
        bundles |= {
            mask | 1 << bit: _after(loaded, heads[bit])
            for mask, loaded in bundles.items()
            if loaded.refusal(channel) is None
        }
    return _largest(bundles)


def _after(desk: Desk, head: Waiting) -> Desk:
    return desk.after(head.demand.channel, heated=head.heated)


def _bits(mask: int) -> Iterator[int]:
    return (bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def _told(cover: Cover) -> Iterator[tuple[str, int]]:
    """Who takes what; what two could take goes to one."""
    taken = 0
    while cover is not None:
        cover, name, bundle = cover
        yield name, bundle & ~taken
        taken |= bundle


def _largest(masks: Iterable[int]) -> list[int]:
    """The sets that are not part of another one, the largest first."""
    kept: list[int] = []
    for mask in sorted(masks, key=int.bit_count, reverse=True):
        if not any(mask & other == mask for other in kept):
            kept.append(mask)
    return kept
