"""Agents who can do the same and have the same room: they differ by their last work and their id alone (R3)."""

from bisect import insort
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from heartline.domain.routing.desks import Desk
from heartline.domain.routing.eligibility import unreachable

Member = tuple[float, str]
"""When an agent's last work began, and their id: what the agents of a squad rank by."""

Squads = dict[str, "Squad"]
"""The squad that each agent is in now."""


class Remembers(Protocol):
    """Somebody who remembers who of a crew is first to be asked, until they are told to forget it by None."""

    top: Any


class Crew:
    """The agents of one pool with the same skills, in squads.

    `arrivals` are the squads that somebody has joined who ranked first there, one after the other. `stands` remember
    who is first, as long as the first of each squad stays.
    """

    def __init__(self, skills: Mapping[str, int], everywhere: Squads) -> None:
        self.skills = skills
        self._everywhere = everywhere
        self.squads: dict[Desk, Squad] = {}
        self.arrivals: list[Squad] = []
        self.stands: list[Remembers] = []

    def forget(self) -> None:
        """Whoever ranked first does so no more."""
        for stand in self.stands:
            stand.top = None

    def reachable(self, channel: str) -> Iterator[str]:
        """The members who take work on `channel` whenever they have a place."""
        squads = (squad for squad in self.squads.values() if unreachable(squad.desk.agent, channel) is None)
        return (name for squad in squads for _, name in squad.in_order())

    def squad(self, desk: Desk) -> "Squad":
        found = self.squads.get(desk)
        if found is None:
            found = self.squads[desk] = Squad(self, desk, self._everywhere)
        return found


class Squad:
    """The agents of one crew at one desk: they rank by their last work, then by their id.

    `first` is whoever ranks first, None if nobody is left.
    """

    __slots__ = ("_after", "_members", "_squads", "_start", "crew", "desk", "first")

    def __init__(self, crew: Crew, desk: Desk, squads: Squads) -> None:
        self.crew = crew
        self.desk = desk
        self.first: Member | None = None
        self._members: list[Member] = []
        self._start = 0
        self._squads = squads
        self._after: dict[tuple[str, bool], Squad] = {}

    def __lt__(self, other: "Squad") -> bool:
        """A heap asks this only where somebody has moved from one squad to the other and ranks as before."""
        return False

    def after(self, channel: str, *, heated: bool) -> "Squad":
        """The squad that one more piece of work leads to."""
        found = self._after.get((channel, heated))
        if found is None:
            found = self._after[channel, heated] = self.crew.squad(self.desk.after(channel, heated=heated))
        return found

    def enlist(self, members: list[Member]) -> None:
        """Add those who are here before any claim, by rank."""
        self._members = sorted([*self._members, *members]) if self._members else members
        self.first = self._members[0]
        self.crew.arrivals.append(self)

    def join(self, member: Member) -> None:
        """Add somebody who was given work."""
        members, start = self._members, self._start
        insort(members, member, lo=start)
        if members[start] is member:
            self.first = member
            self.crew.arrivals.append(self)

    def leave(self, name: str) -> None:
        """Take out somebody who is in another squad by now; whoever is not the first is passed by later."""
        if self.first is None or self.first[1] != name:
            return
        members, squads, start = self._members, self._squads, self._start + 1
        while start < len(members) and squads[members[start][1]] is not self:
            start += 1
        self._start = start
        self.first = members[start] if start < len(members) else None
        self.crew.forget()

    def in_order(self) -> Iterator[Member]:
        """Those who are still here, by rank."""
        return (member for member in islice(self._members, self._start, None) if self._squads[member[1]] is self)
