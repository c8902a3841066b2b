"""What agents have room for, worked out once for all who have the same room (R1, R3, R10, R14)."""

from heartline.domain.routing.eligibility import no_place
from heartline.domain.routing.model import Agent, Policy, Refusal
from heartline.domain.routing.ranking import rested


class Desk:
    """Capacity, open work, units and channels off, and whether the last heated work is too fresh for more of it.

    Agents at the same desk have a place on the same channels, and rank alike but for their skills, their last work and
    their id. `agent` is one of them, for what they have in common.
    """

    __slots__ = ("_after", "_desks", "_refusals", "agent", "tired")

    def __init__(self, agent: Agent, desks: "Desks", *, tired: bool) -> None:
        self.agent = agent
        self.tired = tired
        self._desks = desks
        self._after: dict[tuple[str, bool], Desk] = {}
        self._refusals: dict[str, Refusal | None] = {}

    def refusal(self, channel: str) -> Refusal | None:
        """Why there is no place for one more piece of work on `channel`, if so."""
        if channel not in self._refusals:
            self._refusals[channel] = no_place(self.agent, channel, self._desks.policy)
        return self._refusals[channel]

    def takes(self, channel: str) -> bool:
        """Whether there is work on `channel` for who is here."""
        return channel not in self.agent.off and self.refusal(channel) is None

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

    def of(self, agent: Agent) -> Desk:
        """Where an agent is before any claim."""
        return self._desk(agent, tired=self.tired(agent))

    def tired(self, agent: Agent) -> bool:
        """Whether heated work ought to wait for somebody else (R17)."""
        return self.policy.rest is not None and not rested(agent, self.policy, self._now)

    def after(self, desk: Desk, channel: str, *, heated: bool) -> Desk:
        """Work begins now: heated work makes tired unless nobody has to rest from it (R17)."""
        return self._desk(desk.agent.carrying(channel, +1), tired=bool(self.policy.rest) if heated else desk.tired)

    def _desk(self, agent: Agent, *, tired: bool) -> Desk:
        capacity, load = frozenset(agent.capacity.items()), frozenset(agent.load.items())
        key = capacity, load, agent.units, agent.off, tired
        found = self._desks.get(key)
        if found is None:
            found = self._desks[key] = Desk(agent, self, tired=tired)
        return found
