"""Who could take what waits, asked of every agent by the rules alone; and what that forbids (I8, I11, R13)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.conversations import Conversation, State
from heartline.domain.inboxes import Company
from heartline.domain.routing.eligibility import case_of, inside_hours, refusal
from heartline.domain.routing.heads import waiting
from heartline.domain.routing.model import ONLINE, Agent, Waiting
from heartline.domain.routing.ramp import eased
from heartline.domain.routing.serving import everyone
from heartline.domain.routing.states import weighed
from heartline.services.business_hours import BusinessHours
from heartline.storage.items import conversation_from_item
from heartline.storage.routing_items import agent_from_item
from tests.faults.schedules.stores import Rows
from tests.office import Configured

SLACK: Final = timedelta(seconds=5)
"""Clocks differ: what has been possible for less than this may still be waiting for its message."""


def heads_of(rows: Rows, *states: State) -> dict[str, Conversation]:
    """The conversations in these states by id, in any if none is given."""
    items = [item for key, item in rows.items() if key[1] == "HEAD"]
    heads = [conversation_from_item(item) for item in items if not states or item["state"] in states]
    return {head.id: head for head in heads}


def agents_of(rows: Rows, company: Company, now: datetime) -> dict[str, Agent]:
    """The agents as a tick sees them that knows this configuration: in the pools, and of the agents, that are in it."""
    pools = everyone(company)
    states = [agent_from_item(item) for key, item in rows.items() if key[0].startswith("AG#")]
    known = {profile.id for profile in company.agents}
    rules = company.routing
    return {
        state.id: eased(state, weighed(state, rules.policy), rules, now)
        for state in states
        if state.id in known and state.agent.pool in pools
    }


def waiting_of(head: Conversation, company: Company, now: datetime) -> Waiting:
    hours = BusinessHours(configuration=Configured(company)).hours(head, now)
    return waiting(head, everyone(company), reply_window=company.routing.reply_window, hours=hours)


def takers(head: Conversation, agents: Mapping[str, Agent], company: Company, now: datetime) -> set[str]:
    """Who could be given it now, by the rules alone, asking every agent."""
    asked, at = waiting_of(head, company, now), now.timestamp()
    if not inside_hours(asked, at):
        return set()
    case = case_of(asked, agents, company.policy, at)
    able = {name for name, agent in agents.items() if refusal(agent, case, company.policy) is None}
    return able & {case.only} if case.only is not None else able


def unserved(
    rows: Rows, company: Company, now: datetime, when: str, *, among: Collection[str] | None = None
) -> Iterator[str]:
    """I8: nobody waits beside somebody who could take it, of the agents in `among`, or of all."""
    agents = [(agents_of(rows, company, at), at) for at in (now, now - SLACK)]
    for head in heads_of(rows, State.WAITING).values():
        free, earlier = (takers(head, each, company, at) for each, at in agents)
        idle = sorted(name for name in free & earlier if among is None or name in among)
        if idle:
            yield f"I8: {head.id} waits {when}, and {idle} could take it"


def overdue(rows: Rows, now: datetime) -> Iterator[str]:
    """R6 and R15: no offer and no wrap-up is longer than it was to be."""
    for head in heads_of(rows).values():
        if head.offer_expires is not None and head.offer_expires < now - SLACK:
            yield f"R6: {head.id} is {head.state} with {head.agent} until {head.offer_expires}, and it is {now}"


def left_behind(rows: Rows, company: Company, now: datetime) -> Iterator[str]:
    """R13: who is not online has no offer. Whoever is not configured any more is found by the sweep."""
    agents = agents_of(rows, company, now)
    for head in heads_of(rows).values():
        agent = agents.get(head.agent or "") if head.state is State.OFFERED else None
        if agent is not None and agent.presence != ONLINE:
            yield f"R13: {head.id} is on offer to {agent.id}, who is {agent.presence}"


def even(rows: Rows, company: Company, now: datetime) -> Iterator[str]:
    """I11: on each channel, agents who are alike and online have as much work, give or take one."""
    agents = agents_of(rows, company, now).values()
    for channel in ("sms", "email"):
        loads = {agent.id: agent.load.get(channel, 0) for agent in agents if agent.presence == ONLINE}
        if loads and max(loads.values()) - min(loads.values()) > 1:
            yield f"I11: agents who are alike have {loads} on {channel}"
