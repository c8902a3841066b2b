"""Shows what a configuration would do before it is stored: to what waits now, and to agents at work."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from heartline.domain.errors import NotFound
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.effect import Backlog, Effect, effect
from heartline.domain.routing.gaps import gaps
from heartline.domain.routing.serving import everyone
from heartline.domain.routing.states import AgentState
from heartline.services.configure import read_company
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingClass

EXAMPLES: Final = 3
MOST: Final = 50_000
"""How many waiting conversations of a class are counted; beyond that it is said that there are more."""


class Backlogs(Protocol):
    """What waits now."""

    def classes(self) -> Sequence[RoutingClass]: ...

    def count(self, routing_class: str, *, most: int) -> tuple[int, bool]:
        """How many wait in a class, and whether that is all; from `most` on it is not counted further."""
        ...

    def first(self, routing_class: str, *, limit: int) -> Sequence[str]:
        """The conversations of a class that are served first."""
        ...

    def agents(self, pools: Sequence[str]) -> Sequence[AgentState]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The effect of a configuration, and what is wrong with it by itself, in sentences."""

    effect: Effect
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Reads what waits and who has work; writes nothing."""

    store: Backlogs
    configuration: Configuration

    def __call__(self, document: Mapping[str, Any]) -> Shown:
        """The effect of storing `document`; raises `Invalid` as reading it does."""
        return self.of(read_company(document))

    def of(self, after: Company) -> Shown:
        """The effect of a configuration that is read already; the first one of all affects nobody."""
        try:
            before = self.configuration.company()
        except NotFound:
            before = after
        return Shown(effect=effect(before, after, self._backlogs(), self._held(before)), warnings=warnings(after))

    def _backlogs(self) -> list[Backlog]:
        return [self._backlog(each) for each in self.store.classes()]

    def _backlog(self, each: RoutingClass) -> Backlog:
        waiting, exact = self.store.count(each.name, most=MOST)
        return Backlog(
            asked=each.asked,
            channel=Channel(each.channel),
            inbox=each.inbox,
            waiting=waiting,
            exact=exact,
            examples=tuple(self.store.first(each.name, limit=EXAMPLES)) if waiting else (),
        )

    def _held(self, company: Company) -> dict[str, Counter[str]]:
        """What each agent has, by channel."""
        states = self.store.agents(everyone(company))
        return {state.id: Counter(hold.channel for hold in state.open.values()) for state in states}


def warnings(company: Company) -> tuple[str, ...]:
    """Where work of a configuration would wait for ever, and what can never be."""
    unstaffed = (
        f"Nobody in {inbox} takes {channel}: name it in the `capacity` of an agent."
        for inbox, channel in company.unstaffed
    )
    return (*unstaffed, *gaps(company))
