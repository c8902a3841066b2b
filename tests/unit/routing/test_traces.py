"""A stored trace is one write unit, however many agents were asked and whatever their names."""

from datetime import UTC, datetime

import pytest

from heartline.domain.routing.model import Decision, Demand, Refusal, Step, Waiting, Why
from heartline.domain.routing.states import Trace
from heartline.storage.routing_items import trace_from_item, trace_to_item
from tests.fakes.sizes import WRITE_UNIT, item_size

AT = datetime(2026, 3, 2, 12, 0, 0, 250_000, tzinfo=UTC)
HEAD = Waiting(id="01JQ7Y3K8M5T2WXZ", demand=Demand(channel="sms", steps=(Step(needs=()),)), enqueued=0)


def names(count: int, pattern: str) -> list[str]:
    return [pattern.format(number) for number in range(count)]


@pytest.mark.parametrize(
    "pattern", ["a{}", "{:08x}-0000-4000-8000-000000000000", "jürgen.müller.{}@support.acme.example"]
)
@pytest.mark.parametrize("eligible", [0, 3, 20])
def test_a_trace_of_many_agents_is_one_write_unit(eligible: int, pattern: str) -> None:
    agents = names(200, pattern)
    reasons = list(Refusal)
    refused = {agent: reasons[place % len(reasons)] for place, agent in enumerate(agents[eligible:])}
    order = tuple(agents[:eligible])
    decision = Decision(
        head=HEAD, agent=order[0] if order else None, why=None if order else Why.PREFERRED, order=order, refused=refused
    )

    item = trace_to_item(decision, AT)

    assert item_size(item) <= WRITE_UNIT
    told = trace_from_item(item)
    assert (told.agent, told.why, told.at) == (decision.agent, decision.why, AT)
    assert told.order == order[: len(told.order)]
    assert told.refused.items() <= refused.items()
    assert len(told.order) + len(told.refused) >= 14


def test_of_few_agents_all_are_told() -> None:
    refused = {"ana": Refusal.SKILL, "eva": Refusal.SLOT, "kim": Refusal.SKILL}
    decision = Decision(head=HEAD, agent="ben", why=None, order=("ben", "dan"), refused=refused)

    told = trace_from_item(trace_to_item(decision, AT))

    assert told == Trace(at=AT, agent="ben", why=None, order=("ben", "dan"), refused=refused)


def test_while_nobody_is_asked_it_says_what_for() -> None:
    told = trace_from_item(trace_to_item(Decision(head=HEAD, agent=None, why=Why.HOURS), AT))

    assert told == Trace(at=AT, agent=None, why=Why.HOURS)
