"""Lines that are read as a plan asks decide what one plan over everybody decides, however often they are cut short."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Channel
from heartline.domain.routing.floor import Floor
from heartline.domain.routing.model import Agent, Decision, Demand, Policy, Waiting
from heartline.domain.routing.planning import plan, plan_lines
from heartline.domain.routing.ranking import urgency
from heartline.services import waiting_lines
from heartline.services.routing_ports import RoutingClass, Waiter
from heartline.services.waiting_lines import Start, WaitingLines
from tests.unit.routing.worlds import NOW, agents, heads, policies

LINE: Final = tuple[Demand, bool]

thorough = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a dozen who wait are several pages, and several batches of heads."""
    monkeypatch.setattr(waiting_lines, "PAGE", 2)
    monkeypatch.setattr(waiting_lines, "LONG_PAGE", 3)
    monkeypatch.setattr(waiting_lines, "MOST_AHEAD", 5)


@dataclass(slots=True)
class Shelf:
    """The wait entries by class, and the heads; every third has an entry of a wait that is over beside its own."""

    waiting: Sequence[Waiting]

    def classes(self) -> dict[str, Demand]:
        return {self.name(head): head.demand for head in self.waiting}

    def name(self, head: Waiting) -> str:
        return f"{head.demand}{'!' if self.personal(head) else ''}"

    def personal(self, head: Waiting) -> bool:
        return head.preference is not None and head.preference.ignore_skills

    def waiters(self, routing_class: str, *, limit: int, after: str = "") -> list[Waiter]:
        entries = sorted(self._entries(routing_class), key=lambda waiter: waiter.place)
        return [waiter for waiter in entries if waiter.place > after][:limit]

    def heads(self, conversations: Collection[str]) -> dict[str, Conversation]:
        assert len(conversations) == len(set(conversations)) <= 100
        return {head.id: _conversation(head, self.name(head)) for head in self.waiting if head.id in conversations}

    def _entries(self, routing_class: str) -> Iterator[Waiter]:
        for number, head in enumerate(self.waiting):
            if self.name(head) == routing_class:
                yield Waiter(conversation=head.id, version=head.version, place=_place(head))
                if number % 3 == 0:
                    yield Waiter(
                        conversation=head.id, version=head.version - 1, place=_place(replace(head, band=1)) + "-"
                    )


def _place(head: Waiting) -> str:
    band, rank, name = urgency(head)
    return f"{band:02d}#{round(rank * 1000) + 10**12:013d}#{name}"


def _conversation(head: Waiting, routing_class: str) -> Conversation:
    at = datetime.fromtimestamp(head.enqueued, UTC)
    channel = Channel(head.demand.channel)
    return Conversation(
        id=head.id,
        inbox="support",
        contact="ct",
        contact_name="",
        contact_address="",
        subject="",
        state=State.WAITING,
        version=head.version,
        channels=(channel,),
        routing_channel=channel,
        routing_class=routing_class,
        requires={},
        band=head.band,
        boost=int(head.boost),
        enqueued=at,
        preview="",
        last_message_at=at,
        last_visible="",
        opened_at=at,
    )


def ticked(
    shelf: Shelf, places: Mapping[str, str] | None, team: Sequence[Agent], policy: Policy, *, most: int
) -> tuple[list[Decision], dict[str, str]]:
    """The claims of one tick that looks at no more than `most` heads, and where the next one goes on."""
    floor = Floor(team, policy, NOW)
    known = {head.id: head for head in shelf.waiting}
    personal = {shelf.name(head): shelf.personal(head) for head in shelf.waiting}
    starts = [
        Start(
            routing_class=RoutingClass(name=name, channel=demand.channel, requires={}, personal=personal[name]),
            demand=demand,
            after=(places or {}).get(name, ""),
        )
        for name, demand in shelf.classes().items()
        if (places is None or name in places) and (personal[name] or floor.may_serve(demand))
    ]
    lines = WaitingLines(
        store=shelf,
        starts=starts,
        as_waiting=lambda head: known[head.id],
        monotonic=lambda: 0.0,
        seconds=1.0,
        most=most,
    )
    claims = []
    for decision in plan_lines(floor, lines.lines()):
        if lines.is_behind(decision.head):
            break
        lines.decided(decision.head.id)
        if decision.agent is not None:
            claims.append(decision)
    return claims, lines.rest() if lines.border is not None else {}


def told(claims: Sequence[Decision]) -> list[tuple[str, str | None, bool]]:
    return [(claim.head.id, claim.agent, claim.new_round) for claim in claims]


@thorough
@given(waiting=heads(14), team=agents, policy=policies)
def test_the_claims_are_those_of_one_plan_over_all_who_wait(
    waiting: list[Waiting], team: list[Agent], policy: Policy
) -> None:
    whole = [decision for decision in plan(waiting, team, policy, NOW) if decision.agent]

    claims, rest = ticked(Shelf(waiting), None, team, policy, most=1_000)

    assert told(claims) == told(whole)
    assert rest == {}


@thorough
@given(waiting=heads(14), team=agents, policy=policies, most=st.integers(1, 6))
def test_ticks_that_are_cut_short_claim_together_what_one_would(
    waiting: list[Waiting], team: list[Agent], policy: Policy, most: int
) -> None:
    """R4: whoever could not be served is not looked at again, and nobody behind them is forgotten."""
    whole = [decision for decision in plan(waiting, team, policy, NOW) if decision.agent]
    made: list[Decision] = []
    places: dict[str, str] | None = None
    for turn in count():
        assert turn < 40, "it has no end"
        claims, places = ticked(_left(waiting, made), places, team, policy, most=most)
        made += claims
        team = _after(team, claims)
        if not places:
            break
    assert told(made) == told(whole)


def _left(waiting: Sequence[Waiting], made: Sequence[Decision]) -> Shelf:
    served = {claim.head.id for claim in made}
    return Shelf([head for head in waiting if head.id not in served])


def _after(team: Sequence[Agent], claims: Sequence[Decision]) -> list[Agent]:
    known = {agent.id: agent for agent in team}
    for claim in claims:
        agent = known[claim.agent or ""]
        known[agent.id] = agent.given(claim.head.demand.channel, heated=claim.head.heated, now=NOW)
    return list(known.values())
