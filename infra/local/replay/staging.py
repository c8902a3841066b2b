"""Sets a scenario up as a company and its table: profiles, heads and agents' states as production stores them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from heartline.domain.conversations import Conversation, State, routing_class
from heartline.domain.errors import Invalid
from heartline.domain.inboxes import AgentProfile, Company, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.heads import milliseconds
from heartline.domain.routing.model import Agent, Policy, Pool, Preference, Step, Waiting
from heartline.domain.routing_rules import RoutingRules
from heartline.storage import items
from heartline.storage.demand_items import thousandths
from heartline.storage.expressions import Item
from heartline.storage.places import place_to_item
from heartline.storage.routing_items import agent_to_item, hold_to_item
from infra.local.replay.codes import Codes, bands_of, channels_of, people_of, pools_of, skills_of
from infra.local.replay.scenario import Scenario

ORIGIN: Final = 5_000_000_000
"""The second 0 of a scenario, in seconds since the epoch: as much room before it as behind it in 13 digits."""

FARTHEST: Final = 2_400_000_000
"""How far from its second 0 anything in a scenario may be, in seconds."""

INBOX: Final = "scenario"
NOWHERE: Final = Pool(name="nowhere")
"""The pool of what no pool may serve: a head that names none is for everybody."""

Amount = TypeVar("Amount", int, float)

_LONG_AGO: Final = datetime.fromtimestamp(0, UTC)


def moment(second: float) -> datetime:
    """When a second of a scenario is."""
    return datetime.fromtimestamp(ORIGIN, UTC) + timedelta(seconds=second)


def second(at: datetime) -> int:
    return round(at.timestamp()) - ORIGIN


class Staging:
    """The names and the company of a scenario; `Invalid` names what the table cannot hold."""

    def __init__(self, scenario: Scenario) -> None:
        _refuse_what_does_not_fit(scenario)
        self.scenario = scenario
        self.agents = people_of(scenario)
        self.pools = pools_of(scenario)
        self.skills = skills_of(scenario)
        self.conversations = Codes("c", [head.id for head in scenario.heads])
        self.channels: Mapping[str, Channel] = channels_of(scenario)
        self.bands = bands_of(scenario)

    def company(self) -> Company:
        return Company(
            inboxes=(Inbox(id=INBOX, name="Scenario"),),
            agents=tuple(map(self.profile, self.scenario.agents)),
            routing=RoutingRules(policy=self._policy(self.scenario.policy)),
        )

    def profile(self, agent: Agent) -> AgentProfile:
        return AgentProfile(
            id=self.agents.code(agent.id),
            name=agent.id,
            skills=self.skills.coded(agent.skills),
            capacity={self.channels[name]: most for name, most in agent.capacity.items() if name in self.channels},
            inboxes=(),
            pool=self.pools.code(agent.pool),
            units=agent.units,
        )

    def table(self) -> Iterator[Item]:
        """All that stands in the table at the start."""
        heads = [self.head(head) for head in self.scenario.heads]
        yield from map(items.conversation_to_item, heads)
        for agent in self.scenario.agents:
            yield place_to_item(self.profile(agent))
            yield self._state(agent, heads)

    def head(self, head: Waiting) -> Conversation:
        """As it is at the start: what has not arrived is stored as closed, for nobody waits there."""
        owner = self.scenario.held.get(head.id)
        steps = tuple(Step(needs=self._needs(step), lasts=step.lasts) for step in head.demand.steps)
        pools = tuple(Pool(name=self.pools.code(pool.name), opens=pool.opens) for pool in head.demand.pools)
        bare = self._bare(self.conversations.code(head.id), head.demand.channel, owner)
        return _classed(
            replace(
                bare,
                contact_name=head.id,
                requires=dict(steps[0].needs),
                steps=steps if len(steps) > 1 else (),
                pools=pools or (NOWHERE,),
                preferred=self._preference(head.preference),
                band=self.bands[head.band],
                boost=int(head.boost),
                enqueued=moment(head.enqueued),
                heated=head.heated,
                exclusions={self.agents.code(name): each.epoch for name, each in head.declines.items()} or None,
                declined={self.agents.code(name): milliseconds(moment(each.at)) for name, each in head.declines.items()}
                or None,
            )
        )

    def _bare(self, name: str, channel: str, owner: str | None) -> Conversation:
        """A conversation of which only the channel matters, and who holds it."""
        agent = self.agents.code(owner) if owner is not None else None
        return Conversation(
            id=name,
            inbox=INBOX,
            contact=f"contact-of-{name}",
            contact_name="",
            contact_address="",
            subject="",
            state=State.CLOSED if agent is None else State.ASSIGNED,
            version=0,
            channels=(self.channels[channel],),
            routing_channel=self.channels[channel],
            routing_class="",
            requires={},
            band=1,
            boost=0,
            enqueued=_LONG_AGO,
            preview="",
            last_message_at=_LONG_AGO,
            last_visible="",
            opened_at=_LONG_AGO,
            agent=agent,
            reservation=f"held-{name}" if agent else None,
            last_agent=agent,
            weight=self.scenario.policy.weight(channel) if agent else 1,
        )

    def _needs(self, step: Step) -> tuple[tuple[str, int], ...]:
        return tuple(sorted((self.skills.code(skill), least) for skill, least in step.needs))

    def _preference(self, wish: Preference | None) -> Preference | None:
        return replace(wish, agent=self.agents.code(wish.agent)) if wish is not None else None

    def _policy(self, policy: Policy) -> Policy:
        """What the policy says of channels that there is work on; it is the same for them."""
        of = self.channels
        blocks = {
            of[name].value: frozenset(of[each].value for each in blocked if each in of)
            for name, blocked in policy.blocks.items()
            if name in of
        }
        return replace(
            policy,
            offers=self._channelled(policy.offers),
            weights=self._channelled(policy.weights),
            blocks=blocks,
            wrap=self._channelled(policy.wrap),
        )

    def _channelled(self, amounts: Mapping[str, Amount]) -> dict[str, Amount]:
        """Amounts by our channels; those without work are left out."""
        return {self.channels[name].value: amount for name, amount in amounts.items() if name in self.channels}

    def _state(self, agent: Agent, heads: list[Conversation]) -> Item:
        """An agent with the conversations that they hold, and holds for the rest of their work."""
        held = [head for head in heads if head.agent == self.agents.code(agent.id)]
        item = agent_to_item(self.profile(agent), presence=agent.presence)
        for head in [*held, *self._rest(agent, held)]:
            channel = head.routing_channel.value
            item[f"cap_{channel}"] = item.get(f"cap_{channel}", 0)
            item[f"free_{channel}"] = item.get(f"free_{channel}", 0) - 1
            item["free_units"] -= thousandths(head.weight)
            item["open"][head.id] = hold_to_item(head)
        item |= {"off": sorted(self.channels[name].value for name in agent.off if name in self.channels)}
        item |= {"last": milliseconds(moment(agent.last))}
        return item | ({} if agent.last_heated is None else {"last_heated": milliseconds(moment(agent.last_heated))})

    def _rest(self, agent: Agent, held: list[Conversation]) -> Iterator[Conversation]:
        """Work that no conversation stands for: it keeps its slot for good."""
        counted = Counter(head.routing_channel for head in held)
        for channel, count in agent.load.items():
            named = counted[self.channels[channel]] if channel in self.channels else count
            for number in range(named, count):
                yield self._bare(f"w-{self.channels[channel]}-{number}", channel, agent.id)


def _classed(head: Conversation) -> Conversation:
    asked = head.routing_channel, head.requires, head.steps, head.pools
    return replace(head, routing_class=routing_class(*asked, preferred=head.preferred))


def _refuse_what_does_not_fit(scenario: Scenario) -> None:
    for head in scenario.heads:
        _refuse_far(f"conversation {head.id!r}", head.enqueued, head.boost)
    for agent in scenario.agents:
        _refuse_far(f"agent {agent.id!r}", agent.last, agent.last_heated or 0)
        _refuse_fine(f"the units of {agent.id!r}", agent.units or 0)
    _refuse_far("the time", scenario.until, *(event.at for event in scenario.events))
    for channel, weight in scenario.policy.weights.items():
        _refuse_fine(f"the weight of {channel!r}", weight)


def _refuse_far(what: str, *seconds: float) -> None:
    if any(abs(each) > FARTHEST for each in seconds):
        raise Invalid(f"scenario: {what} is more than {FARTHEST} seconds from 0: the table does not reach so far")


def _refuse_fine(what: str, amount: float) -> None:
    if thousandths(amount) / 1000 != amount:
        raise Invalid(f"scenario: {what} is finer than a thousandth: the table counts those")
