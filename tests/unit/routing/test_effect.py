"""What another configuration would do to what waits and to agents at work, decided as production decides."""

from copy import deepcopy
from typing import Any

from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.effect import Backlog, Effect, effect
from heartline.domain.routing.model import Pool, Step
from heartline.services.configure import read_company
from tests.unit.routing.test_configured_routing import COMPANY

FRENCH = Backlog(
    asked=Asked(requires={"fr": 3, "inbox:support": 1}),
    channel=Channel.SMS,
    inbox="support",
    waiting=12,
    examples=("c1", "c2"),
)
ANY = Backlog(asked=Asked(requires={"inbox:support": 1}), channel=Channel.EMAIL, inbox="support", waiting=3)


def company(*, agents: dict[str, dict[str, Any]] | None = None, routing: dict[str, Any] | None = None) -> Company:
    document = deepcopy(COMPANY)
    document["routing"] |= routing or {}
    for agent in document["agents"]:
        agent.update((agents or {}).get(agent["id"], {}))
    return read_company(document)


def without(name: str) -> Company:
    document = deepcopy(COMPANY)
    document["agents"] = [agent for agent in document["agents"] if agent["id"] != name]
    document["routing"] = {}
    return read_company(document)


def shown(after: Company, *backlogs: Backlog, held: dict[str, dict[str, int]] | None = None) -> Effect:
    return effect(company(), after, backlogs, held or {})


def test_nothing_changes_where_nothing_changes() -> None:
    found = shown(company(), FRENCH, ANY)
    assert (found.nobody, found.fewer, found.agents, found.policy) == ((), (), (), ())
    assert found.sentence == "15 waiting conversations would all match somebody."
    assert not found.worse


def test_what_nobody_could_take_any_more_is_counted_and_named() -> None:
    found = shown(company(agents={"ana": {"skills": {"fr": 2, "billing": 1}}}), FRENCH, ANY)
    assert found.sentence == "12 waiting conversations would match nobody."
    (stranded,) = found.nobody
    assert (stranded.words, stranded.before, stranded.after) == ("texts in Support that ask for French 3", 1, 0)
    assert found.worse
    assert "  nobody: texts in Support that ask for French 3: 12, such as c1, c2" in found.lines


def test_what_has_nobody_today_either_is_said_and_is_not_worse() -> None:
    german = Backlog(asked=Asked(requires={"de": 1}), channel=Channel.SMS, inbox="support", waiting=1)
    found = shown(company(), german)
    assert found.sentence == "1 waiting conversation would match nobody."
    assert "(nobody now either)" in found.lines[1]
    assert not found.worse


def test_fewer_agents_than_before_are_told() -> None:
    found = shown(company(agents={"ben": {"capacity": {"sms": 1}}}), ANY)
    (fewer,) = found.fewer
    assert (fewer.before, fewer.after, found.worse) == (2, 1, True)
    assert "  fewer: mails in Support: 3, 1 agent instead of 2" in found.lines


def test_later_steps_and_pools_count_as_somebody() -> None:
    steps = (Step(needs=(("fr", 9),), lasts=60), Step(needs=(("fr", 3),)))
    later = Backlog(
        asked=Asked(requires={"fr": 9}, steps=steps, pools=(Pool(name="over"), Pool(name="main", opens=600))),
        channel=Channel.SMS,
        inbox="support",
        waiting=1,
    )
    assert shown(company(), later).nobody == ()
    assert "ask for French 9, later French 3 (pool Second line, then Front desk)" in (
        shown(company(agents={"ana": {"skills": {}}}), later).nobody[0].words
    )


def test_an_uncounted_rest_is_not_kept_silent() -> None:
    many = Backlog(asked=FRENCH.asked, channel=Channel.SMS, inbox="support", waiting=50_000, exact=False)
    found = shown(company(agents={"ana": {"skills": {}}}), many)
    assert found.sentence == "At least 50000 waiting conversations would match nobody."


def test_agents_at_work_are_told_with_what_changes_for_them() -> None:
    changed = {
        "pool": "over",
        "capacity": {"email": 1, "sms": 3, "voice": 1},
        "inboxes": ["support"],
        "skills": {"fr": 1, "billing": 1},
    }
    (ana,) = shown(company(agents={"ana": changed}), held={"ana": {"email": 2}, "ben": {"email": 1}}).agents
    assert (ana.name, ana.holds) == ("Ana Ruiz", 2)
    assert ana.changes == (
        "moves from the pool main to over",
        "has 2 on email and room for 1: nothing new until some are closed",
        "leaves sales, and does not see what they have there any more",
        "has less of fr",
    )


def test_an_agent_who_has_nothing_may_change_as_they_like() -> None:
    assert shown(without("ben"), held={"ben": {"email": 0}}).agents == ()


def test_an_agent_who_goes_with_work_in_hand_is_told() -> None:
    (ben,) = shown(without("ben"), held={"ben": {"email": 1}}).agents
    assert ben.changes == ("is not there any more: nobody answers what they have",)


def test_a_changed_policy_is_told_in_words_and_affects_nobody_in_particular() -> None:
    found = shown(company(routing={"plan": "greedy", "offer": {"voice": 10}, "rest": None, "wrap": {}}), ANY)
    assert found.policy == (
        "From now on, conversations are placed one by one.",
        "From now on, heated ones do not rotate.",
        "From now on, voice is offered for 10 seconds.",
        "From now on, email is assigned without an offer.",
        "From now on, there is no wrap-up after email.",
    )
    assert not found.worse


def test_where_nothing_waits_it_is_said() -> None:
    assert shown(company()).sentence == "Nothing waits now."
