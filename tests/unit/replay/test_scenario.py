"""A scenario that is not understood is refused whole, and the complaint names the place."""

import json
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.routing.model import Demand, Pool, Step
from infra.local.replay.scenario import read_scenario

AGENT: dict[str, Any] = {"id": "a1", "caps": {"email": 1}}
CONVERSATION: dict[str, Any] = {"id": "c1", "ch": "email", "enq": 0}
LEAST: dict[str, Any] = {"agents": [AGENT], "convs": [CONVERSATION], "events": []}


def agent(**changes: Any) -> dict[str, Any]:
    return LEAST | {"agents": [AGENT | changes]}


def conversation(**changes: Any) -> dict[str, Any]:
    return LEAST | {"convs": [CONVERSATION | changes]}


def events(*happening: dict[str, Any]) -> dict[str, Any]:
    return LEAST | {"events": list(happening)}


CLAIM = {"t": 0, "ev": "claim", "conv": "c1", "agent": "a1", "ver": 0, "epoch": 0, "token": "x"}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], "scenario"),
        ({"agents": [], "convs": []}, "events"),
        (LEAST | {"polcy": {}}, "scenario.polcy"),
        (LEAST | {"pol\nicy": {}}, r"scenario.'pol\nicy'"),
        (LEAST | {"until": "late"}, "scenario.until"),
        (LEAST | {"policy": {"plan": "best"}}, "scenario.policy.plan"),
        (LEAST | {"policy": {"agent_order": None}}, "scenario.policy.agent_order"),
        (LEAST | {"policy": {"on_timeout": "stay"}}, "scenario.policy.on_timeout"),
        (LEAST | {"policy": {"weights": {"email": "2"}}}, "scenario.policy.weights.email"),
        (LEAST | {"policy": {"blocks": {"voice": "email"}}}, "scenario.policy.blocks.voice"),
        (LEAST | {"agents": [{"id": "a1"}]}, "scenario.agents[0]"),
        (LEAST | {"agents": [AGENT, AGENT]}, "scenario.agents: the id 'a1'"),
        (agent(unit=1), "scenario.agents[0].unit"),
        (agent(units=0), "scenario.agents[0].units"),
        (agent(caps={"email": True}), "scenario.agents[0].caps.email"),
        (agent(caps={"email": -1}), "scenario.agents[0].caps.email"),
        (agent(caps={"e\u2028mail": -1}), r"scenario.agents[0].caps.'e\u2028mail'"),
        (agent(last=1.5), "scenario.agents[0].last"),
        (agent(id=7), "scenario.agents[0].id"),
        (LEAST | {"convs": [CONVERSATION, CONVERSATION]}, "scenario.convs: the id 'c1'"),
        (LEAST | {"convs": [{"id": "c1", "ch": "email"}]}, "'enq' is missing"),
        (conversation(held="a2"), "unknown agent 'a2'"),
        (conversation(declined={"a2": 0}), "declined by the unknown agent 'a2'"),
        (conversation(declined={"a1": "late"}), "scenario.convs[0].declined.a1"),
        (conversation(heated="yes"), "scenario.convs[0].heated"),
        (conversation(pref={"agent": "a1"}), "scenario.convs[0].pref"),
        (conversation(steps=[[{}]]), "scenario.convs[0].steps[0]"),
        (conversation(pools=[["main", None]]), "scenario.convs[0].pools[0][1]"),
        (conversation(hours=[[1, 2, 3]]), "scenario.convs[0].hours[0]"),
        (agent(load={"email": 0}) | {"convs": [CONVERSATION | {"held": "a1"}]}, "scenario.agents[0].load.email"),
        (events({"t": 0}), "'ev' is missing"),
        (events({"t": 0, "ev": "arive", "conv": "c1"}), "unknown event 'arive'; known are arrive, tick, accept"),
        (
            LEAST | {"polcy": {}},
            "scenario.polcy: unknown field; known are agents, convs, events, policy, until; did you mean policy?",
        ),
        (events({"t": 0, "ev": "explode"}), "scenario.events[0].ev"),
        (events({"ev": "tick"}), "scenario.events[0]"),
        (events({"t": 0, "ev": "tick", "conv": "c1"}), "scenario.events[0].conv"),
        (events({"t": 0, "ev": "arrive", "conv": "c2"}), "scenario.events[0].conv"),
        (events({"t": 0, "ev": "presence", "agent": "a9", "to": "AWAY"}), "scenario.events[0].agent"),
        (events({"t": -1, "ev": "arrive", "conv": "c1"}), "scenario.events[0]: arrives before"),
        (events({"t": 0, "ev": "set_cap", "agent": "a1", "ch": "email", "n": -1}), "scenario.events[0].n"),
        (events(CLAIM, {"t": 9, "ev": "set_skill", "agent": "a1", "skill": "fr", "n": 1}), "scenario.events[1]"),
    ],
)
def test_a_mistake_is_refused_in_one_line_that_names_its_place(document: object, place: str) -> None:
    with pytest.raises(Invalid) as complaint:
        read_scenario(json.dumps(document))

    assert place in str(complaint.value)
    assert len(str(complaint.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["", "{", b"\xff\xfe\x00", "[" * 100_000])
def test_what_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(Invalid, match="not JSON"):
        read_scenario(text)


def test_what_is_not_said_has_its_default() -> None:
    scenario = read_scenario(json.dumps(LEAST))

    assert scenario.policy.offers == {}
    assert scenario.policy.retry_after == 30
    assert scenario.agents[0].presence == "ONLINE"
    assert scenario.heads[0].demand == Demand(channel="email", steps=(Step(needs=()),), pools=(Pool(name="main"),))
    assert scenario.heads[0].band == 5
    assert scenario.until == 0


def test_work_that_no_conversation_stands_for_keeps_its_slot() -> None:
    document = agent(load={"email": 3}) | {"convs": [CONVERSATION | {"held": "a1"}]}

    assert read_scenario(json.dumps(document)).agents[0].load == {"email": 3}


def test_a_channel_without_a_named_load_counts_the_conversations_held() -> None:
    scenario = read_scenario(json.dumps(conversation(held="a1")))

    assert scenario.agents[0].load == {"email": 1}


def test_events_happen_by_second_and_within_one_as_listed() -> None:
    listed = [{"t": 2, "ev": "tick"}, CLAIM | {"t": 1}, {"t": 1, "ev": "tick"}]

    assert [event.name for event in read_scenario(json.dumps(events(*listed))).events] == ["claim", "tick", "tick"]
