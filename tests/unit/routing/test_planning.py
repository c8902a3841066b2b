"""What a plan promises beyond single rules: its choice is what its explanation ranks first, and it is fast."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from heartline.domain.routing.model import Agent, AgentOrder, Decline, Demand, Policy, Preference, Step, Waiting, Why
from heartline.domain.routing.planning import plan
from heartline.domain.routing.timing import next_change

MAIL = Demand(channel="email", steps=(Step(needs=()),))
FRENCH = Demand(channel="email", steps=(Step(needs=(("fr", 3),), lasts=30), Step(needs=(("fr", 1),))))


def agent(name: str, *, slots: int = 1, **changes: int) -> Agent:
    return Agent(id=name, capacity={"email": slots}, skills=changes)


@settings(max_examples=200, deadline=None)
@given(
    order=st.sampled_from(AgentOrder),
    slots=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.booleans()), min_size=1, max_size=5),
    waits=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12),
)
def test_who_is_chosen_is_who_the_explanation_ranks_first(
    order: AgentOrder, slots: list[tuple[int, int, bool]], waits: list[tuple[bool, bool]]
) -> None:
    agents = [
        replace(agent(f"a{n}", slots=free, fr=level), last_heated=99 if tired else None)
        for n, (free, level, tired) in enumerate(slots)
    ]
    heads = [
        Waiting(id=f"c{n}", demand=FRENCH if french else MAIL, enqueued=n * 10, heated=heated)
        for n, (french, heated) in enumerate(waits)
    ]

    for decision in plan(heads, agents, Policy(agent_order=order, rest=50), 130):
        assert decision.agent == (decision.order[0] if decision.order else None)
        assert len(decision.order) + len(decision.refused) == len(agents)


def test_hard_work_goes_to_the_rested_whatever_their_ring() -> None:
    tired, rested = replace(agent("a1", fr=3), last_heated=120), agent("a2", fr=1)
    head = Waiting(id="c1", demand=FRENCH, enqueued=0, heated=True)

    (decision,) = plan([head], [tired, rested], Policy(rest=50), 130)

    assert decision.order == ("a2", "a1")
    assert decision.agent == "a2"


def test_a_plan_is_the_same_whatever_order_its_input_is_in() -> None:
    agents = [agent(f"a{n}", slots=n % 3, fr=n % 4) for n in range(12)]
    heads = [Waiting(id=f"c{n}", demand=FRENCH if n % 2 else MAIL, enqueued=n % 5) for n in range(20)]

    assert list(plan(heads, agents, Policy(), 20)) == list(plan(reversed(heads), agents, Policy(), 20))


def test_without_an_explanation_the_choice_is_the_same() -> None:
    agents = [agent(f"a{n}", slots=n % 3, fr=n % 4) for n in range(12)]
    heads = [Waiting(id=f"c{n}", demand=FRENCH if n % 2 else MAIL, enqueued=n) for n in range(20)]

    told, untold = (list(plan(heads, agents, Policy(), 20, explain=explain)) for explain in (True, False))

    assert [(each.head.id, each.agent) for each in told] == [(each.head.id, each.agent) for each in untold]
    assert not any(each.order or each.refused for each in untold)


def test_agents_of_equal_utilisation_differ_by_at_most_one_assignment() -> None:
    agents = [agent(f"a{n}", slots=9) for n in range(7)]
    heads = [Waiting(id=f"c{n}", demand=MAIL, enqueued=n) for n in range(31)]

    taken = [decision.agent for decision in plan(heads, agents, Policy(), 40)]
    counts = {each.id: taken.count(each.id) for each in agents}

    assert max(counts.values()) - min(counts.values()) == 1, "I11"


def test_a_decline_from_another_epoch_excludes_nobody() -> None:
    declines = {"a1": Decline(epoch=0, at=9)}
    head = Waiting(id="c1", demand=MAIL, enqueued=0, declines=declines)

    stays, returns = (next(plan([head], [replace(agent("a1"), epoch=epoch)], Policy(), 10)) for epoch in (0, 1))

    assert (stays.agent, stays.why) == (None, Why.NOBODY)
    assert returns.agent == "a1"


def test_the_next_change_is_the_first_instant_at_which_time_alone_may_find_an_agent() -> None:
    head = Waiting(
        id="c1",
        demand=FRENCH,
        enqueued=100,
        preference=Preference(agent="a1", window=20),
        hours=((50, 110), (200, 300)),
        declines={"a2": Decline(epoch=0, at=101)},
    )

    at, instants = 100.0, []
    while (following := next_change(head, Policy(retry_after=15), at)) is not None:
        instants.append(at := following)

    assert instants == [110, 116, 120, 130, 200, 300]
