"""A routing scenario, read from JSON: policy, agents, conversations and events, checked as a whole before it runs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from heartline.domain.errors import Invalid
from heartline.domain.routing.model import (
    ONLINE,
    Agent,
    AgentOrder,
    Decline,
    Demand,
    Needs,
    OnTimeout,
    PlanKind,
    Policy,
    Pool,
    Preference,
    Step,
    Waiting,
)
from infra.local.replay.events import Event, read_events
from infra.local.replay.fields import Node, read_json

_POLICY = ("agent_order", "offer", "on_timeout", "retry_after", "plan", "rest", "weights", "blocks", "wrap")
_AGENT = ("skills", "load", "last", "last_heated", "presence", "pool", "units", "off")
_CONVERSATION = ("req", "band", "boost", "heated", "pref", "steps", "pools", "hours", "held", "declined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What a replay starts from. `held` maps conversations assigned at the start to their agents."""

    policy: Policy
    agents: tuple[Agent, ...]
    heads: tuple[Waiting, ...]
    held: dict[str, str]
    events: tuple[Event, ...]
    until: int


def read_scenario(text: str | bytes) -> Scenario:
    """Read a scenario; `Invalid` names the place of the first thing wrong with it."""
    fields = read_json(text, "scenario").fields(required=("agents", "convs", "events"), optional=("policy", "until"))
    heads, held = _conversations(fields.get("convs"))
    agents = _agents(fields.get("agents"), heads, held)
    _refuse_strangers(heads, agents)
    return Scenario(
        policy=_policy(fields.get("policy", {}), {head.demand.channel for head in heads}),
        agents=agents,
        heads=heads,
        held=held,
        events=read_events(fields.get("events"), heads, agents),
        until=fields.get("until", 0).whole(),
    )


def _policy(node: Node, channels: Iterable[str]) -> Policy:
    fields = node.fields(optional=_POLICY)
    offer, rest = fields.get("offer"), fields.get("rest")
    blocks = fields.get("blocks", {}).entries().items()
    return Policy(
        agent_order=fields.get("agent_order", AgentOrder.LOAD_IDLE).word(AgentOrder),
        offers={} if offer.absent else dict.fromkeys(channels, offer.whole(least=0)),
        on_timeout=fields.get("on_timeout", OnTimeout.AWAY).word(OnTimeout),
        retry_after=fields.get("retry_after", 30).whole(least=0),
        plan=fields.get("plan", PlanKind.GREEDY).word(PlanKind),
        rest=None if rest.absent else rest.whole(least=0),
        weights={name: weight.number(least=0) for name, weight in fields.get("weights", {}).entries().items()},
        blocks={name: frozenset(blocked.text() for blocked in list_.items()) for name, list_ in blocks},
        wrap=fields.get("wrap", {}).wholes(),
    )


def _agents(node: Node, heads: Iterable[Waiting], held: dict[str, str]) -> tuple[Agent, ...]:
    nodes = node.items()
    agents = tuple(_agent(each) for each in nodes)
    _refuse_twice(node, [agent.id for agent in agents])
    channels = {head.id: head.demand.channel for head in heads}
    for conversation, agent in held.items():
        if agent not in {each.id for each in agents}:
            raise Invalid(f"scenario.convs: {conversation!r} is held by the unknown agent {agent!r}")
    work = Counter((agent, channels[conversation]) for conversation, agent in held.items())
    return tuple(_loaded(agent, each, work) for agent, each in zip(agents, nodes, strict=True))


def _agent(node: Node) -> Agent:
    fields = node.fields(required=("id", "caps"), optional=_AGENT)
    heated, units = fields.get("last_heated"), fields.get("units")
    return Agent(
        id=fields.get("id").text(),
        presence=fields.get("presence", ONLINE).text(),
        pool=fields.get("pool", "main").text(),
        skills=fields.get("skills", {}).wholes(),
        capacity=fields.get("caps").wholes(),
        load=fields.get("load", {}).wholes(),
        units=None if units.absent else units.number(least=1),
        off=frozenset(channel.text() for channel in fields.get("off", []).items()),
        last=fields.get("last", 0).whole(),
        last_heated=None if heated.absent else heated.whole(),
    )


def _loaded(agent: Agent, node: Node, work: Counter[tuple[str, str]]) -> Agent:
    """Count the held conversations where the scenario names no load, and refuse a load below them."""
    mine = {channel: count for (name, channel), count in work.items() if name == agent.id}
    for channel, count in mine.items():
        if agent.load.get(channel, count) < count:
            raise node.entries()["load"].entries()[channel].wrong(f"is below the {count} conversations held")
    return replace(agent, load=mine | dict(agent.load))


def _conversations(node: Node) -> tuple[tuple[Waiting, ...], dict[str, str]]:
    heads, held = [], {}
    for each in node.items():
        head, holder = _conversation(each)
        heads.append(head)
        if holder is not None:
            held[head.id] = holder
    _refuse_twice(node, [head.id for head in heads])
    return tuple(heads), held


def _conversation(node: Node) -> tuple[Waiting, str | None]:
    fields = node.fields(required=("id", "ch", "enq"), optional=_CONVERSATION)
    pools, hours, held = fields.get("pools", [["main", 0]]), fields.get("hours"), fields.get("held")
    demand = Demand(
        channel=fields.get("ch").text(),
        steps=_steps(fields.get("steps")) or (Step(needs=_needs(fields.get("req", {}))),),
        pools=tuple(_pool(pool) for pool in pools.items()),
    )
    head = Waiting(
        id=fields.get("id").text(),
        demand=demand,
        enqueued=fields.get("enq").whole(),
        band=fields.get("band", 5).whole(),
        boost=fields.get("boost", 0).whole(),
        heated=fields.get("heated", default=False).flag(),
        preference=_preference(fields.get("pref")),
        hours=None if hours.absent else tuple(_interval(each) for each in hours.items()),
        declines={name: Decline(epoch=0, at=at.whole()) for name, at in fields.get("declined", {}).entries().items()},
    )
    return head, None if held.absent else held.text()


def _needs(node: Node) -> Needs:
    return tuple(sorted(node.wholes().items()))


def _steps(node: Node) -> tuple[Step, ...]:
    return () if node.absent else tuple(_step(each) for each in node.items())


def _step(node: Node) -> Step:
    needs, lasts = node.items(length=2)
    return Step(needs=_needs(needs), lasts=None if lasts.absent else lasts.whole(least=0))


def _pool(node: Node) -> Pool:
    name, opens = node.items(length=2)
    return Pool(name=name.text(), opens=opens.whole(least=0))


def _interval(node: Node) -> tuple[int, int]:
    start, end = node.items(length=2)
    return start.whole(), end.whole()


def _preference(node: Node) -> Preference | None:
    if node.absent:
        return None
    fields = node.fields(required=("agent", "window"), optional=("ignore_skills",))
    return Preference(
        agent=fields.get("agent").text(),
        window=fields.get("window").whole(least=0),
        ignore_skills=fields.get("ignore_skills", default=False).flag(),
    )


def _refuse_strangers(heads: Iterable[Waiting], agents: Iterable[Agent]) -> None:
    """Only those who were asked can have declined."""
    known = {agent.id for agent in agents}
    for head in heads:
        for agent in head.declines:
            if agent not in known:
                raise Invalid(f"scenario.convs: {head.id!r} was declined by the unknown agent {agent!r}")


def _refuse_twice(node: Node, ids: list[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise node.wrong(f"the id {name!r} is there {count} times")
