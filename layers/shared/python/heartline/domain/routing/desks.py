"""What agents have room for, worked out once for all who have the same room (R1, R3, R10, R14)."""

from collections.abc import Iterator, Sequence

from heartline.domain.routing.eligibility import no_place
from heartline.domain.routing.model import Agent, Policy, Refusal
from heartline.domain.routing.ranking import MEASURES, rested


class Desk:
    """Capacity, open work, units and channels off, and whether the last heated work is too fresh for more of it.

    Agents at the same desk have a place on the same channels, and rank alike but for their skills, their last work and
    their id. `agent` is one of them, for what they have in common.
    """

    __slots__ = ("_after", "_desks", "_measures", "_refusals", "agent", "tired")

    def __init__(self, agent: Agent, desks: "Desks", *, tired: bool) -> None:
        self.agent = agent
        self.tired = tired
        self._desks = desks
        self._after: dict[tuple[str, bool], Desk] = {}
        self._measures: dict[str, float] = {}
        self._refusals: dict[str, Refusal | None] = {}

    def refusal(self, channel: str) -> Refusal | None:
        """Why there is no place for one more piece of work on `channel`, if so."""
        if channel not in self._refusals:
            self._refusals[channel] = no_place(self.agent, channel, self._desks.policy)
        return self._refusals[channel]

    def takes(self, channel: str) -> bool:
        """Whether there is work on `channel` for who is here."""
        return channel not in self.agent.off and self.refusal(channel) is None

    def measure(self, channel: str) -> float:
        """What agents who take work on `channel` rank by beside their last work."""
        found = self._measures.get(channel)
        if found is None:
            policy = self._desks.policy
            found = self._measures[channel] = MEASURES[policy.agent_order](self.agent, channel, policy)
        return found

    def after(self, channel: str, *, heated: bool) -> "Desk":
        """Where an agent is once they have got one more piece of work."""
        found = self._after.get((channel, heated))
        if found is None:
            found = self._after[channel, heated] = self._desks.after(self, channel, heated=heated)
        return found


class Desks:
    """All desks of one plan: equal ones are one."""

    def __init__(self, policy: Policy, now: float) -> None:
        self.policy = policy
        self._now = now
        self._desks: dict[object, Desk] = {}

    def seated(self, alike: Sequence[Agent]) -> Iterator[tuple[Desk, Sequence[Agent]]]:
        """The desks of agents who have the same room, and who is there."""
        tired = [] if self.policy.rest is None else [each for each in alike if not self._rested(each)]
        others = [each for each in alike if self._rested(each)] if tired else alike
        if others:
            yield self._desk(others[0], tired=False), others
        if tired:
            yield self._desk(tired[0], tired=True), tired

    def after(self, desk: Desk, channel: str, *, heated: bool) -> Desk:
        """Work begins now: heated work makes tired unless nobody has to rest from it (R17)."""
        return self._desk(desk.agent.carrying(channel, +1), tired=bool(self.policy.rest) if heated else desk.tired)

    def _rested(self, agent: Agent) -> bool:
        return rested(agent, self.policy, self._now)

    def _desk(self, agent: Agent, *, tired: bool) -> Desk:
        capacity, load = frozenset(agent.capacity.items()), frozenset(agent.load.items())
        key = capacity, load, agent.units, agent.off, tired
        found = self._desks.get(key)
        if found is None:
            found = self._desks[key] = Desk(agent, self, tired=tired)
        return found
