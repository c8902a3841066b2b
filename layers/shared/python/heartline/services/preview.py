"""Shows what a configuration would do before it is stored: to what waits now, and to agents at work."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from heartline.domain.errors import NotFound
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.effect import Backlog, Effect, effect
from heartline.domain.routing.gaps import gaps
from heartline.domain.routing.serving import everyone
from heartline.services.configure import check_storable, read_company
from heartline.services.ports import Configuration
from heartline.services.routing_ports import RoutingClass, RoutingStore

EXAMPLES: Final = 3
MOST: Final = 50_000
"""How many waiting conversations of a class are counted; beyond that it is said that there are more."""


class Sizes(Protocol):
    """How much waits now."""

    def count(self, routing_class: str, *, most: int) -> tuple[int, bool]:
        """How many wait in a class, and whether that is all; from `most` on it is not counted further."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The effect of a configuration, and what is wrong with it by itself, in sentences."""

    effect: Effect
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Reads what waits and who has work; writes nothing."""

    routing: RoutingStore
    sizes: Sizes
    configuration: Configuration

    def __call__(self, document: Mapping[str, Any]) -> Shown:
        """The effect of storing `document`; raises `Invalid` as reading it does."""
        company = read_company(document)
        check_storable(document)
        return self.of(company)

    def of(self, after: Company) -> Shown:
        """The effect of a configuration that is read already; the first one of all affects nobody."""
        try:
            before = self.configuration.company()
        except NotFound:
            before = after
        return Shown(effect=effect(before, after, self._backlogs(), self._held(before)), warnings=warnings(after))

    def _backlogs(self) -> list[Backlog]:
        return [self._backlog(each) for each in self.routing.classes()]

    def _backlog(self, each: RoutingClass) -> Backlog:
        waiting, exact = self.sizes.count(each.name, most=MOST)
        first = self.routing.waiters(each.name, limit=EXAMPLES) if waiting else []
        return Backlog(
            asked=each.asked,
            channel=Channel(each.channel),
            inbox=each.inbox,
            waiting=waiting,
            exact=exact,
            examples=tuple(waiter.conversation for waiter in first),
        )

    def _held(self, company: Company) -> dict[str, Counter[str]]:
        """What each agent has, by channel."""
        states = self.routing.agents(everyone(company))
        return {state.id: Counter(hold.channel for hold in state.open.values()) for state in states}


def warnings(company: Company) -> tuple[str, ...]:
    """Where work of a configuration would wait for ever, and what can never be."""
    unstaffed = (
        f"Nobody in {inbox} takes {channel}: name it in the `capacity` of an agent."
        for inbox, channel in company.unstaffed
    )
    return (*unstaffed, *gaps(company))
