"""Random worlds at a real instant, with times that are no whole seconds, as an explanation sees them."""

from dataclasses import replace
from typing import Final

from hypothesis import strategies as st

from heartline.domain.inboxes import Company
from heartline.domain.routing.explanation import Look, look_at
from heartline.domain.routing.model import Agent, Policy, Waiting
from heartline.domain.routing.states import AgentState
from heartline.domain.routing_rules import RoutingRules
from tests.unit.routing import worlds

SHIFT: Final = 1_790_000_000.75 - worlds.NOW
"""From the seconds of a random world to those since the epoch."""

NOW: Final = worlds.NOW + SHIFT

_fraction = st.sampled_from((0.0, 0.0, 0.25, 0.5, 0.9))


def look(head: Waiting, agents: list[Agent], policy: Policy) -> Look:
    """What is seen of one conversation, for agents who all stand as they do."""
    company = Company(inboxes=(), agents=(), routing=RoutingRules(policy=policy))
    states = {agent.id: AgentState(agent=agent) for agent in agents}
    seen = {agent.id: agent for agent in agents}
    return look_at(head, seen, states, company=company, inbox="support", now=NOW)


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """One conversation of a random world."""
    head = draw(worlds.heads(1).filter(bool))[0]
    return look(draw(_moved(head)), [draw(_shifted(agent)) for agent in draw(worlds.agents)], draw(worlds.policies))


def _moved(head: Waiting) -> st.SearchStrategy[Waiting]:
    return _fraction.map(
        lambda part: replace(
            head,
            enqueued=head.enqueued + SHIFT - part,
            hours=None if head.hours is None else tuple((start + SHIFT, end + SHIFT) for start, end in head.hours),
            declines={name: replace(each, at=each.at + SHIFT - part) for name, each in head.declines.items()},
        )
    )


def _shifted(agent: Agent) -> st.SearchStrategy[Agent]:
    heated = agent.last_heated
    return _fraction.map(
        lambda part: replace(
            agent,
            last=agent.last + SHIFT - part,
            last_heated=None if heated is None else heated + SHIFT - part,
        )
    )
