"""Plain names for the table in place of a scenario's own, which are any text; they sort alike, for ids break ties."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.messages import Channel
from infra.local.replay.scenario import Scenario

MOST_BANDS: Final = 99
"""The place of a conversation in its line has two digits for its band."""


class Codes:
    """Names of one kind, both ways. `prefix` tells the kinds apart for whoever looks into the table."""

    def __init__(self, prefix: str, names: Iterable[str]) -> None:
        known = sorted(set(names))
        width = len(str(len(known)))
        self._codes = {name: f"{prefix}{number:0{width}d}" for number, name in enumerate(known)}
        self._names = {code: name for name, code in self._codes.items()}

    def code(self, name: str) -> str:
        return self._codes[name]

    def name(self, code: str) -> str:
        return self._names[code]

    def coded(self, levels: Mapping[str, int]) -> dict[str, int]:
        """The same with codes for keys; what has no code is left out."""
        return {self._codes[name]: level for name, level in levels.items() if name in self._codes}


def channels_of(scenario: Scenario) -> dict[str, Channel]:
    """A channel for each that a conversation or an agent's work is on; those that we have too stay what they are."""
    used = {head.demand.channel for head in scenario.heads}
    used |= {channel for agent in scenario.agents for channel, count in agent.load.items() if count}
    own = {name: Channel(name) for name in used & set(Channel)}
    others, left = sorted(used - own.keys()), [channel for channel in Channel if channel not in own.values()]
    if len(others) > len(left):
        raise Invalid(f"scenario: the table knows {len(Channel)} channels, and there is work on {len(used)}")
    return own | dict(zip(others, left, strict=False))


def bands_of(scenario: Scenario) -> dict[int, int]:
    """A band from 1 on for each that occurs, in the same order."""
    used = sorted({head.band for head in scenario.heads})
    if len(used) > MOST_BANDS:
        raise Invalid(f"scenario.convs: the table has {MOST_BANDS} bands, and these are {len(used)}")
    return {band: place for place, band in enumerate(used, start=1)}


def skills_of(scenario: Scenario) -> Codes:
    had = [skill for agent in scenario.agents for skill in agent.skills]
    asked = [skill for head in scenario.heads for step in head.demand.steps for skill, _ in step.needs]
    return Codes("s", [*had, *asked, *_arguments(scenario, "skill")])


def people_of(scenario: Scenario) -> Codes:
    """The agents, and those who are preferred although nobody knows them."""
    wished = [head.preference.agent for head in scenario.heads if head.preference is not None]
    return Codes("a", [*(agent.id for agent in scenario.agents), *wished])


def pools_of(scenario: Scenario) -> Codes:
    named = [pool.name for head in scenario.heads for pool in head.demand.pools]
    return Codes("p", [*(agent.pool for agent in scenario.agents), *named])


def _arguments(scenario: Scenario, name: str) -> Sequence[str]:
    return [str(event.arguments[name]) for event in scenario.events if name in event.arguments]
