"""What a decision sees of an agent's state is what the claim will ask."""

from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.routing.eligibility import no_place
from heartline.domain.routing.model import Agent, Policy, Refusal
from heartline.domain.routing.states import AgentState, Hold, weighed

CHANNELS = ("email", "sms", "voice")
_weights = st.dictionaries(st.sampled_from(CHANNELS), st.integers(0, 4))


def state_of(taken: list[tuple[str, int]], units: int | None) -> AgentState:
    """An agent with room on every channel who holds work of each channel at the weight that it was taken with."""
    load = {channel: sum(each == channel for each, _ in taken) for channel in CHANNELS}
    agent = Agent(id="ana", capacity=dict.fromkeys(CHANNELS, 99), load=load, units=units)
    holds = {f"c{n}": Hold(reservation=f"r{n}", channel=each, weight=weight) for n, (each, weight) in enumerate(taken)}
    return AgentState(agent=agent, open=holds, free_units=(units or 0) - sum(weight for _, weight in taken))


@given(
    taken=st.lists(st.tuples(st.sampled_from(CHANNELS), st.integers(0, 4)), max_size=6),
    units=st.integers(1, 12),
    weights=_weights,
    channel=st.sampled_from(CHANNELS),
)
def test_units_are_refused_exactly_where_the_table_has_too_few(
    taken: list[tuple[str, int]], units: int, weights: dict[str, int], channel: str
) -> None:
    state, policy = state_of(taken, units), Policy(weights=weights)

    refused = no_place(weighed(state, policy), channel, policy)

    assert (refused is Refusal.UNITS) == (state.free_units < policy.weight(channel))


@given(channels=st.lists(st.sampled_from(CHANNELS), max_size=6), units=st.integers(1, 12), weights=_weights)
def test_an_agent_whose_work_weighs_what_the_policy_says_is_seen_as_stored(
    channels: list[str], units: int, weights: dict[str, int]
) -> None:
    policy = Policy(weights=weights)
    state = state_of([(channel, weights.get(channel, 1)) for channel in channels], units)

    assert weighed(state, policy) is state.agent


def test_an_agent_without_units_is_seen_as_stored() -> None:
    state = state_of([("sms", 3)], None)

    assert weighed(state, Policy()) is state.agent
