"""Whom a case refuses, named in the agents' own order and no further than asked; kept from one trace to the next."""

from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from math import inf

from heartline.domain.routing.eligibility import Case, unasked
from heartline.domain.routing.model import Agent, Refusal


class Refusals:
    """The first `most` agents that each kind of case refuses, all if None.

    Who is refused stays so while a plan is made, for places only get fewer. So a kind of case looks at all agents
    once, and from then on at those who were given something. `no_place` says of an agent who is online and a channel
    why there is no place now, if so.
    """

    def __init__(
        self, agents: Mapping[str, Agent], no_place: Callable[[str, str], Refusal | None], most: int | None
    ) -> None:
        self._agents = agents
        self._no_place = no_place
        self._most = most
        self._given: list[str] = []
        self._latest: dict[str, int] = {}
        self._known: dict[Case, Known] = {}

    def given(self, agent: str) -> None:
        """Take note that a claim was planned for `agent`."""
        self._given.append(agent)
        self._latest[agent] = len(self._given)

    @cached_property
    def _names(self) -> Sequence[str]:
        return tuple(self._agents)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self._agents)}

    def of(self, case: Case) -> dict[str, Refusal]:
        """The agents that `case` refuses, each with the rule."""
        places = [self._places[case.only]] if case.only is not None else self._first(case)
        reasons = ((self._names[place], self._why(place, case)) for place in places)
        return {name: reason for name, reason in reasons if reason is not None}

    def _first(self, case: Case) -> Sequence[int]:
        kind = case._replace(excluded=frozenset(), new_round=False, heated=False)
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = self._look_at_all(kind)
        self._catch_up(known, kind)
        declined = {self._places[name] for name in case.excluded}
        return sorted(declined.union(known.places))[: self._most] if declined else known.places

    def _look_at_all(self, kind: Case) -> "Known":
        places = list(islice(self._refused(kind), self._most))
        return Known(places, len(self._given))

    def _refused(self, kind: Case) -> Iterator[int]:
        return (place for place in range(len(self._names)) if self._why(place, kind) is not None)

    def _catch_up(self, known: "Known", kind: Case) -> None:
        """Add whom the claims since then have left without a place."""
        for place in sorted(self._given_before(known.end(self._most), known.seen)):
            if place not in known.places and self._why(place, kind) is not None:
                insort(known.places, place)
                known.places = known.places[: self._most]
        known.seen = len(self._given)

    def _given_before(self, end: float, seen: int) -> set[int]:
        """The places before `end` of those who were given something since `seen` claims: the shorter way to them."""
        if end < len(self._given) - seen:
            return {place for place in range(int(end)) if self._latest.get(self._names[place], 0) > seen}
        places = {self._places[name] for name in self._given[seen:]}
        return {place for place in places if place < end}

    def _why(self, place: int, case: Case) -> Refusal | None:
        agent = self._agents[self._names[place]]
        return unasked(agent, case) or self._no_place(agent.id, case.channel)


class Known:
    """The places of the agents that are refused, and how many claims had been planned when they were looked at."""

    def __init__(self, places: list[int], seen: int) -> None:
        self.places = places
        self.seen = seen

    def end(self, most: int | None) -> float:
        """Whoever stands there or behind is named no more."""
        return self.places[-1] if most is not None and len(self.places) >= most else inf
