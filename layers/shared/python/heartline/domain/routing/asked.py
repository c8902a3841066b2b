"""What a piece of work asks of routing, as it is written into a conversation or a call. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from heartline.domain.conversations import Conversation, routing_class
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Preference, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`requires` is what the first step asks for; `steps` are all of them, empty where that never changes (R9).

    A `band` of 0 is that of the inbox, or of what is there already. `pools` may serve it, all of the company's if empty
    (R11). `preferred` gets it first (R8), and `rules` are the names of the intake rules that said so.
    """

    requires: Mapping[str, int]
    band: int = 0
    boost: int = 0
    steps: tuple[Step, ...] = ()
    pools: tuple[Pool, ...] = ()
    preferred: Preference | None = None
    rules: tuple[str, ...] = ()

    @classmethod
    def of(cls, head: Conversation) -> "Asked":
        """What a conversation asks for."""
        return cls(
            requires=head.requires,
            band=head.band,
            boost=head.boost,
            steps=head.steps,
            pools=head.pools,
            preferred=head.preferred,
            rules=head.rules,
        )

    def queue(self, channel: Channel) -> str:
        """The name of the class that work like this waits in on `channel`."""
        return routing_class(channel, self.requires, self.steps, self.pools, preferred=self.preferred)

    def asking(self, skill: str, level: int) -> "Asked":
        """The same, with a skill that every step asks for besides; a level that is higher already stays."""
        steps = tuple(replace(step, needs=_joined(dict(step.needs), skill, level)) for step in self.steps)
        return replace(self, requires=dict(_joined(self.requires, skill, level)), steps=steps)


def _joined(needs: Mapping[str, int], skill: str, level: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted({**needs, skill: max(level, needs.get(skill, 0))}.items()))
