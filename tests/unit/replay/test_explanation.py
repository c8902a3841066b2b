"""`--trace` tells a human who was asked in which order, who was refused by which rule, and why nobody takes it."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from infra.local.replay.clock import replay
from infra.local.replay.explanation import Explanation
from infra.local.replay.scenario import read_scenario
from tests.unit.replay.scenarios import scenarios

MAIL: dict[str, Any] = {"id": "c1", "ch": "email", "enq": 0}
ARRIVES = {"t": 0, "ev": "arrive", "conv": "c1"}


def agent(name: str = "a1", **changes: Any) -> dict[str, Any]:
    return {"id": name, "caps": {"email": 1}} | changes


def explained(*agents: dict[str, Any], events: Any = (), policy: Any = None, until: int = 0, **changes: Any) -> str:
    """What is told of one mail that arrives at second 0."""
    document = {"policy": policy or {}, "agents": list(agents), "convs": [MAIL | changes], "until": until}
    scenario = read_scenario(json.dumps(document | {"events": [ARRIVES, *events]}))
    lines: list[str] = []
    replay(scenario, Explanation(policy=scenario.policy, write=lines.append))
    return "\n".join(line.rstrip() for line in lines)


def test_who_is_eligible_is_listed_by_rank_with_what_they_rank_by() -> None:
    told = explained(agent("a1", last=5), agent("a2", skills={"fr": 2}), steps=[[{"fr": 1}, 0], [{}, None]])

    assert told.splitlines() == [
        "t=0  c1 goes to a2",
        "    email, band 5, enqueued 0 (0 s ago), version 0",
        "    rank  agent  ring               busy  last",
        "    → 1.  a2     1: main, fr≥1      0%    0",
        "      2.  a1     2: main, no skill  0%    5",
    ]


def test_each_policy_names_its_own_keys() -> None:
    fit = agent(caps={"email": 4}, load={"email": 1}, skills={"fr": 3}, last=7)

    headers = {order: explained(fit, policy={"agent_order": order}, req={"fr": 1}).splitlines() for order in KEYS}

    assert {order: (header.split()[3:], row.split()[6:]) for order, (*_, header, row) in headers.items()} == KEYS


KEYS = {
    "load_idle": (["busy", "last"], ["25%", "7"]),
    "idle": (["last", "busy"], ["7", "25%"]),
    "best": (["level", "last"], ["3", "7"]),
    "spare": (["free", "last"], ["3", "7"]),
}


def test_heated_work_says_who_is_rested() -> None:
    told = explained(agent("a1", last_heated=0), agent("a2", last=9), policy={"rest": 60}, heated=True)

    assert "→ 1.  a2     yes " in told
    assert "  2.  a1     no, heated work at 0  1: main" in told


def test_every_refusal_names_its_rule_and_what_it_found() -> None:
    french = {"skills": {"fr": 2}}
    told = explained(
        agent("away", presence="AWAY"),
        agent("off", off=["email"]),
        agent("none", caps={"sms": 1}),
        agent("else", pool="else"),
        agent("later", pool="over"),
        agent("skill", skills={"fr": 1}),
        agent("slot", load={"email": 1}, **french),
        agent("over", load={"email": 2}, **french),
        agent("units", units=3, load={"sms": 2}, **french),
        agent("more", units=1, load={"sms": 2}, **french),
        agent("call", load={"voice": 1}, **french),
        policy={"blocks": {"voice": ["email"]}, "weights": {"email": 2}},
        steps=[[{"fr": 2}, 30], [{}, None]],
        pools=[["main", 0], ["over", 40]],
    )

    assert [line.strip() for line in told.splitlines()[3:]] == [
        "away     R1 presence  is AWAY, not ONLINE",
        "off      R1 channel   email is switched off",
        "none     R1 channel   has no capacity for email",
        "else     R11 pool     is in pool else, which is not asked",
        "later    R11 pool     is in pool over, which opens at 40",
        "skill    R9 skill     has fr=1; asked for is fr≥2",
        "slot     R1 slot      1 of 1 places for email are taken",
        "over     R1 slot      2 of 1 places for email are taken: over capacity (R14)",
        "units    R1 units     2 of 3 units are used, and this weighs 2",
        "more     R1 units     2 of 1 units are used, and this weighs 2: over them (R14)",
        "call     R10 blocked  has open work on voice",
    ]


def test_who_declined_is_named_until_a_new_round_begins() -> None:
    rejects = {"t": 1, "ev": "reject", "conv": "c1", "agent": "a1"}
    told = explained(agent(), events=[rejects], policy={"offer": 20, "retry_after": 5}, until=7)

    assert "t=0  c1 is offered to a1" in told
    assert "a1       R7 excluded  declined at 1, and has not changed presence since" in told
    assert "t=6  c1 is offered to a1" in told
    assert "R7: all who are qualified have declined, 5 s ago or more: a new round" in told


def test_who_is_kept_for_somebody_says_for_whom_and_until_when() -> None:
    preferred = {"agent": "a1", "window": 60}

    assert "c1 waits: it is kept for a1 until 60 (R8)" in explained(agent(load={"email": 1}), pref=preferred)
    assert "R8: kept for a1 until 60, so nobody else was asked" in explained(agent(), agent("a2"), pref=preferred)


def test_business_hours_say_when_they_begin() -> None:
    assert "outside business hours (R12), which begin at 30" in explained(agent(), hours=[[30, 40], [50, 60]])
    assert "outside business hours (R12), and none are to come" in explained(agent(), hours=[])


def test_a_plan_of_a_whole_band_says_whom_it_leaves_to_others() -> None:
    document = {
        "policy": {"plan": "max"},
        "agents": [agent("a1", skills={"x": 1, "y": 1}), agent("a2", skills={"x": 1})],
        "convs": [MAIL | {"req": {"x": 1}}, MAIL | {"id": "c2", "req": {"y": 1}}],
        "events": [ARRIVES, ARRIVES | {"conv": "c2"}],
    }
    scenario, lines = read_scenario(json.dumps(document)), list[str]()

    replay(scenario, Explanation(policy=scenario.policy, write=lines.append))

    assert "    R18: a1 ranks first, but is left to a later conversation of the plan" in lines


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios)
def test_every_entry_of_the_trace_is_told_and_nothing_else_changes(document: dict[str, Any]) -> None:
    scenario, lines = read_scenario(json.dumps(document)), list[str]()

    output = replay(scenario, Explanation(policy=scenario.policy, write=lines.append))

    assert output == replay(scenario)
    titles = [line.split()[:2] for line in lines if line.startswith("t=")]
    assert titles == [[f"t={entry['t']}", entry["conv"]] for entry in output["trace"]]
