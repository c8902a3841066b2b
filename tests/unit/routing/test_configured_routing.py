"""How a company routes is read as a whole: what it may say, and errors that name their place and say what to do."""

import random
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.gaps import gaps
from heartline.domain.routing.heads import POLICY
from heartline.domain.routing.model import AgentOrder, OnTimeout, PlanKind, Pool, Preference
from heartline.domain.routing_rules import LanguageHint, Match, Relaxation, RoutingRules, Terms
from heartline.services.configure import read_company

Change = Callable[[dict[str, Any]], object]

COMPANY: dict[str, Any] = {
    "inboxes": [
        {"id": "support", "name": "Support", "mail": ["s@acme.example"], "sms": ["+14155550100"]},
        {"id": "sales", "name": "Sales", "voice": ["+14155550101"]},
    ],
    "agents": [
        {
            "id": "ana",
            "name": "Ana Ruiz",
            "skills": {"fr": 3, "billing": 1},
            "capacity": {"email": 3, "sms": 3, "voice": 1},
            "inboxes": ["support", "sales"],
        },
        {"id": "ben", "name": "Ben", "pool": "over", "capacity": {"email": 1, "sms": 1}, "inboxes": ["support"]},
    ],
    "routing": {
        "agent_order": "best",
        "offer": {"voice": 30, "email": 60},
        "on_timeout": "keep",
        "retry_after": 45,
        "plan": "max",
        "rest": 900,
        "weights": {"voice": 3},
        "blocks": {"voice": ["email"]},
        "wrap": {"email": 30},
        "reply_window": 120,
        "ramp_up": 300,
        "ramp_after": 7200,
        "skills": {"fr": "French", "billing": "Billing"},
        "pools": {"main": "Front desk", "over": "Second line"},
        "language": {"as_skill": False, "for": 60, "skills": ["fr"]},
        "rules": [
            {
                "name": "French texts",
                "when": {
                    "inbox": ["support"],
                    "channel": ["sms"],
                    "language": ["fr"],
                    "keyword": ["refund"],
                    "vip": True,
                },
                "then": {
                    "requires": {"fr": 2},
                    "band": 3,
                    "boost": 600,
                    "relax": [{"after": 60, "requires": {"fr": 1}}, {"after": 300, "requires": {"fr": 0}}],
                    "pools": [{"pool": "main"}, {"pool": "over", "after": 120}],
                    "preferred": {"agent": "ana", "for": 120, "any_skill": True},
                },
            }
        ],
    },
}


def company(change: Change = lambda _: None) -> Company:
    document = deepcopy(COMPANY)
    change(document)
    return read_company(document)


def rule(**parts: Any) -> Change:
    """The document with this in place of what its rule says."""
    return lambda document: document["routing"]["rules"][0].update(parts)


def then(**parts: Any) -> Change:
    return rule(then=parts)


def when(**parts: Any) -> Change:
    return rule(when=parts)


def bomb() -> list[Any]:
    """What a YAML file of a few lines nests by aliases: its text would take ten to the ninth."""
    nested: list[Any] = ["x"]
    for _ in range(9):
        nested = [nested] * 10
    return nested


def routing(**parts: Any) -> Change:
    return lambda document: document["routing"].update(parts)


def test_all_of_it_is_read() -> None:
    rules = company().routing
    policy = rules.policy
    assert (policy.agent_order, policy.on_timeout, policy.plan) == (AgentOrder.BEST, OnTimeout.KEEP, PlanKind.MAX)
    assert (policy.offers, policy.retry_after, policy.rest) == ({"voice": 30, "email": 60}, 45, 900)
    assert (policy.weights, policy.blocks, policy.wrap) == (
        {"voice": 3},
        {"voice": frozenset({"email"})},
        {"email": 30},
    )
    assert (rules.reply_window, rules.ramp_up, rules.ramp_after) == (120, 300, 7200)
    assert rules.language == LanguageHint(as_skill=False, lasts=60, skills=("fr",))
    (french,) = rules.intake
    assert french.when == Match(
        inboxes=("support",), channels=("sms",), languages=("fr",), keywords=("refund",), vip=True
    )
    assert french.then == Terms(
        requires={"fr": 2},
        band=3,
        boost=600,
        relax=(Relaxation(after=60, requires={"fr": 1}), Relaxation(after=300, requires={"fr": 0})),
        pools=(Pool(name="main"), Pool(name="over", opens=120)),
        preferred=Preference(agent="ana", window=120, ignore_skills=True),
    )


def test_without_a_section_a_company_routes_as_ever() -> None:
    read = company(lambda document: document.pop("routing"))
    assert read.routing == RoutingRules()
    assert read.policy == POLICY


def test_a_call_is_offered_whatever_else_is_said() -> None:
    assert company(routing(offer={"email": 30})).policy.offers == {Channel.VOICE: 20, "email": 30}


def test_the_rings_follow_the_order_of_the_pools_not_that_of_the_agents() -> None:
    read = company(routing(pools={"over": "Second line", "main": "Front desk"}))
    assert list(read.pools.values()) == ["over", "main"]


def test_an_agent_may_be_weighed() -> None:
    assert [agent.units for agent in company(lambda d: d["agents"][0].update(units=6)).agents] == [6, None]


NAN = float("nan")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (routing(plan="best"), "configuration.routing.plan: “best” is none of greedy, max"),
        (routing(agent_order=1), "configuration.routing.agent_order: expected text"),
        (routing(speed=1), "configuration.routing.speed: unknown field"),
        (routing(offer={"voice": 4}), "configuration.routing.offer.voice: expected a whole number from 5 to"),
        (routing(offer={"fax": 20}), "configuration.routing.offer: unknown channel fax"),
        (routing(offer={"voice": True}), "configuration.routing.offer.voice: expected a whole number"),
        (routing(retry_after=NAN), "configuration.routing.retry_after: expected a whole number"),
        (routing(retry_after=-1), "configuration.routing.retry_after: expected a whole number"),
        (routing(rest=True), "configuration.routing.rest: expected a whole number"),
        (routing(rest=10**12), "configuration.routing.rest: expected a whole number"),
        (routing(weights={"voice": 0}), "configuration.routing.weights.voice: expected a whole number from 1"),
        (routing(weights={"voice": 1.5}), "configuration.routing.weights.voice: expected a whole number"),
        (routing(wrap={"voice": 30}), "configuration.routing.wrap.voice: the wrap-up after calls is set at the inbox"),
        (routing(blocks={"voice": ["voice"]}), "configuration.routing.blocks.voice: a channel does not block itself"),
        (routing(blocks={"voice": "email"}), "configuration.routing.blocks.voice: expected a list"),
        (routing(skills={"French": "French"}), "configuration.routing.skills: “French” does not have the form"),
        (routing(skills={"billing": "Billing"}), "agent ana.skills: there is no skill “fr”; known in routing.skills"),
        (routing(pools={"main": "Front desk"}), "agent ben.pool: there is no pool “over”; known in routing.pools"),
        (routing(language={"skills": ["xx"]}), "configuration.routing.language.skills: “xx” is no language"),
        (routing(rules={}), "configuration.routing.rules: expected a list"),
        (routing(rules=[{}]), "configuration.routing.rules[0].name: expected text"),
        (
            lambda d: d["routing"]["rules"].append(d["routing"]["rules"][0]),
            "configuration.routing.rules[1].name: “French texts” is the name of an earlier rule",
        ),
        (when(inbox=["nowhere"]), "configuration.routing.rules[0].when.inbox: there is no inbox “nowhere”"),
        (
            when(channel=["fax"]),
            "configuration.routing.rules[0].when.channel: “fax” is none of email, sms, whatsapp, voice",
        ),
        (when(channel=[]), "configuration.routing.rules[0].when.channel: the list is empty; leave it out"),
        (when(keyword=["..."]), "configuration.routing.rules[0].when.keyword: “...” does not have the form"),
        (when(domain=["@acme"]), "configuration.routing.rules[0].when.domain: “@acme” does not have the form"),
        (when(language=["french"]), "configuration.routing.rules[0].when.language: “french” does not have the form"),
        (when(language=["xx"]), "configuration.routing.rules[0].when.language: “xx” is no language of ISO 639-1"),
        (when(keyword=["refund"] * 101), "configuration.routing.rules[0].when.keyword: 101 keywords; 100 at most"),
        (when(domain=["x" * 5_000_000]), f"configuration.routing.rules[0].when.domain: “{'x' * 80}…” does not have"),
        (when(keyword=[bomb()]), "configuration.routing.rules[0].when.keyword: “list” does not have the form"),
        (when(digits=[1]), "configuration.routing.rules[0].when.digits: “1” does not have the form"),
        (when(vip="yes"), "configuration.routing.rules[0].when.vip: expected true or false"),
        (when(moon=1), "configuration.routing.rules[0].when.moon: unknown field"),
        (then(), "configuration.routing.rules[0].then: the rule changes nothing"),
        (then(band=0), "configuration.routing.rules[0].then.band: expected a whole number from 1 to 99"),
        (then(boost=-1), "configuration.routing.rules[0].then.boost: expected a whole number from 0"),
        (then(requires={"es": 1}), "configuration.routing.rules[0].then.requires: there is no skill “es”"),
        (then(requires={"fr": 101}), "configuration.routing.rules[0].then.requires.fr: expected a whole number"),
        (
            then(
                requires={"fr": 2}, relax=[{"after": 60, "requires": {"fr": 1}}, {"after": 60, "requires": {"fr": 0}}]
            ),
            "configuration.routing.rules[0].then.relax[1].after: 60 is not later than the 60 of the step before",
        ),
        (
            then(requires={"fr": 1}, relax=[{"after": 60, "requires": {"fr": 2}}]),
            "configuration.routing.rules[0].then.relax[0].requires.fr: 2 is more than the 1 that was asked for",
        ),
        (
            then(requires={"fr": 1}, relax=[{"after": 6, "requires": {"fr": 0}}, {"after": 60, "requires": {"fr": 1}}]),
            "configuration.routing.rules[0].then.relax[1].requires.fr: 1 is more than the 0 that was asked for",
        ),
        (
            then(requires={"fr": 1}, relax=[{"after": 60, "requires": {"fr": 1}}]),
            "configuration.routing.rules[0].then.relax[0]: asks for the same as before",
        ),
        (then(relax=[{"after": 60}]), "configuration.routing.rules[0].then.relax[0].requires: say what is asked for"),
        (then(relax=[{"requires": {"fr": 0}}]), "configuration.routing.rules[0].then.relax[0].after: expected a whole"),
        (
            then(relax=[{"after": at, "requires": {"fr": 10 - at}} for at in range(1, 10)]),
            "configuration.routing.rules[0].then.relax: 9 steps; 8 at most",
        ),
        (then(pools=[{"pool": "moon"}]), "configuration.routing.rules[0].then.pools: there is no pool “moon”"),
        (
            then(pools=[{"pool": "main"}, {"pool": "main", "after": 9}]),
            "configuration.routing.rules[0].then.pools: “main” is named 2 times",
        ),
        (
            then(pools=[{"pool": "main", "after": 9}]),
            "configuration.routing.rules[0].then.pools: nobody is asked at first",
        ),
        (
            then(preferred={"agent": "zoe", "for": 60}),
            "configuration.routing.rules[0].then.preferred.agent: there is no agent “zoe”",
        ),
        (
            then(preferred={"agent": "anna", "for": 60}),
            "configuration.routing.rules[0].then.preferred.agent: there is no agent “anna”; did you mean ana?",
        ),
        (
            then(pools=[{"pool": "man"}]),
            "there is no pool “man”; known in routing.pools: main, over; did you mean main?",
        ),
        (
            then(preferred={"agent": "ana"}),
            "configuration.routing.rules[0].then.preferred.for: expected a whole number",
        ),
        (
            lambda d: d["inboxes"][0].update(relax=[{"after": 0, "requires": {"fr": 0}}]),
            "configuration.inboxes[0].relax[0].after: expected a whole number from 1",
        ),
        (lambda d: d["inboxes"][0].update(pools=[{"pool": "moon"}]), "inbox support.pools: there is no pool “moon”"),
        (lambda d: d["agents"][0].update(units=0), "configuration.agents[0].units: expected a whole number from 1"),
        (lambda d: d["agents"][0].update(units=True), "configuration.agents[0].units: expected a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: Change, complaint: str) -> None:
    with pytest.raises(Invalid) as told:
        company(change)
    assert complaint in str(told.value)


def test_a_good_company_has_no_gaps() -> None:
    assert gaps(company()) == ()


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (when(domain=["a.example"], channel=["sms"]), "can never fit: only mail has a sender's domain"),
        (when(digits=["1"], channel=["sms"]), "can never fit: keys are pressed in calls only"),
        (when(digits=["1"]), "can never fit: no menu that it is about offers these keys"),
        (when(keyword=["refund"], channel=["voice"]), "can never fit: a call has no words to look for"),
        (when(inbox=["sales"], channel=["sms"]), "can never fit: no inbox that it is about has an address"),
        (
            rule(when={"inbox": ["sales"]}, then={"preferred": {"agent": "ben", "for": 60}}),
            "The rule “French texts” prefers Ben, who works in none of its inboxes: nothing is kept for them.",
        ),
        (
            lambda d: d["inboxes"][1].update(preferred={"agent": "ben", "for": 60}),
            "The inbox “Sales” prefers Ben, who works in none of its inboxes: nothing is kept for them.",
        ),
        (
            routing(pools={"main": "Front desk", "over": "Second line", "night": "Night shift"}),
            "Nobody stands in the pool “Night shift” (night).",
        ),
        (
            routing(skills={"fr": "French", "billing": "Billing", "es": "Spanish"}),
            "Nobody has the skill “Spanish” (es).",
        ),
        (
            then(requires={"fr": 4}),
            "Nobody could take texts in Support that ask for French 4 (rule “French texts”).",
        ),
        (
            then(requires={"fr": 1}, pools=[{"pool": "over"}]),
            "Nobody could take texts in Support that ask for French 1 (pool Second line) (rule “French texts”).",
        ),
        (
            lambda d: d["inboxes"][1].update(requires={"billing": 2}),
            "Nobody could take calls in Sales that ask for Billing 2.",
        ),
    ],
)
def test_what_can_never_be_is_said(change: Change, warning: str) -> None:
    assert [each for each in gaps(company(change)) if warning in each]


def test_what_relaxes_far_enough_has_somebody() -> None:
    relaxing = then(requires={"fr": 4}, relax=[{"after": 60, "requires": {"fr": 3}}])
    assert gaps(company(relaxing)) == ()


JUNK: list[Any] = [
    *(None, True, False, NAN, float("inf"), -1, 0, 10**30, 1.5, "", "x" * 1000, "\x00", "../..", "inbox:support"),
    *([], [[]], [None], {}, {"a": 1}, {"": ""}, {1: 2}, {"fr": True}, ["fr"], [{}], b"bytes"),
]


def spoiled(content: Any, draw: random.Random) -> Any:
    """The same with junk somewhere: in place of a part, or as a key."""
    if draw.random() < 0.2 or not isinstance(content, dict | list) or not content:
        return draw.choice(JUNK)
    if isinstance(content, list):
        place = draw.randrange(len(content))
        return [spoiled(each, draw) if index == place else each for index, each in enumerate(content)]
    name = draw.choice(list(content))
    if draw.random() < 0.1:
        return {**content, draw.choice(["x", 7, None, True, "for"]): content[name]}
    return {**content, name: spoiled(content[name], draw)}


@pytest.mark.parametrize("seed", range(300))
def test_whatever_stands_there_is_read_or_told_with_its_place(seed: int) -> None:
    draw = random.Random(seed)
    document = deepcopy(COMPANY)
    part = draw.choice(["routing", "routing", "inboxes", "agents"])
    document[part] = spoiled(document[part], draw)
    with suppress(Invalid):
        gaps(read_company(document))
