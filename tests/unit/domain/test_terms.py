"""What new work asks of routing: its inbox, the menu, every intake rule that fits, and the language it is in."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest

from heartline.domain.inboxes import AgentProfile, Inbox
from heartline.domain.messages import Channel
from heartline.domain.routing.model import Pool, Preference, Step
from heartline.domain.routing_rules import IntakeRule, LanguageHint, Match, Relaxation, RoutingRules, Terms
from heartline.domain.terms import Facts, Sorting, steps_of

SUPPORT = Inbox(id="support", name="Support", requires={"en": 1}, band=4)
HERE = {"inbox:support": 1}
TEXT = Facts(inbox=SUPPORT, channel=Channel.SMS, text="Hello, where is my refund?")


def rule(when: Match | None = None, name: str = "rule", **then: Any) -> IntakeRule:
    return IntakeRule(name=name, when=when or Match(), then=Terms(**then))


def sorting(*rules: IntakeRule, **more: Any) -> Sorting:
    return Sorting(rules=RoutingRules(intake=rules, **more))


def agent(name: str, **skills: int) -> AgentProfile:
    return AgentProfile(id=name, name=name, skills=skills, capacity={Channel.SMS: 1}, inboxes=("support",))


def speaking(language: str) -> Any:
    """A tongue that finds every text to be in one language, if it is among those asked about."""

    def tongue(_text: str, among: Collection[str]) -> str | None:
        return language if language in among else None

    return tongue


def test_without_rules_work_asks_for_what_its_inbox_asks_and_for_the_right_to_work_there() -> None:
    asked = Sorting().asked(TEXT)
    assert asked.requires == {"en": 1, **HERE}
    assert (asked.band, asked.boost, asked.steps, asked.pools, asked.preferred, asked.rules) == (0, 0, (), (), None, ())


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        (Match(), True),
        (Match(inboxes=("support", "sales")), True),
        (Match(inboxes=("sales",)), False),
        (Match(channels=("sms",)), True),
        (Match(channels=("email", "voice")), False),
        (Match(keywords=("refund",)), True),
        (Match(keywords=("REFUND", "other")), True),
        (Match(keywords=("fund",)), False),
        (Match(keywords=("my refund",)), True),
        (Match(keywords=("refund my",)), False),
        (Match(languages=("fr",)), False),
        (Match(digits=("1",)), False),
        (Match(domains=("acme.example",)), False),
        (Match(vip=True), False),
        (Match(vip=False), True),
        (Match(channels=("sms",), keywords=("nothing",)), False),
    ],
)
def test_a_rule_fits_if_all_that_it_names_is_so(when: Match, fits: bool) -> None:
    assert bool(sorting(rule(when, band=2)).asked(TEXT).rules) is fits


@pytest.mark.parametrize(
    ("domain", "fits"),
    [("acme.example", True), ("mail.acme.example", True), ("notacme.example", False), ("", False)],
)
def test_a_senders_domain_counts_with_those_below_it(domain: str, fits: bool) -> None:
    mail = replace(TEXT, channel=Channel.EMAIL, domain=domain)
    assert bool(sorting(rule(Match(domains=("acme.example",)), band=2)).asked(mail).rules) is fits


@pytest.mark.parametrize(("digits", "fits"), [("1", True), ("12", True), ("21", False), ("", False)])
def test_keys_fit_whoever_began_with_them(digits: str, fits: bool) -> None:
    call = replace(TEXT, channel=Channel.VOICE, digits=digits)
    assert bool(sorting(rule(Match(digits=("1", "3")), band=2)).asked(call).rules) is fits


def test_a_keyword_may_have_signs_of_a_pattern_in_it() -> None:
    asked = sorting(rule(Match(keywords=("c++",)), band=2)).asked(replace(TEXT, text="About C++."))
    assert asked.rules == ("rule",)


def test_all_rules_that_fit_count_the_higher_level_wins_and_of_the_rest_the_later_word() -> None:
    first = rule(name="first", requires={"fr": 3}, band=3, boost=60, pools=(Pool(name="a"),))
    second = rule(name="second", requires={"fr": 1, "vip": 2}, band=2, preferred=Preference(agent="ana", window=30))
    asked = sorting(first, second).asked(TEXT)
    assert asked.requires == {"en": 1, "fr": 3, "vip": 2, **HERE}
    assert (asked.band, asked.boost, asked.pools) == (2, 60, (Pool(name="a"),))
    assert asked.preferred == Preference(agent="ana", window=30)
    assert asked.rules == ("first", "second")


def test_a_rule_never_asks_for_less_than_the_inbox_and_the_menu() -> None:
    call = replace(TEXT, channel=Channel.VOICE, menu={"billing": 2}, band=3)
    asked = sorting(rule(requires={"billing": 1})).asked(call)
    assert asked.requires == {"en": 1, "billing": 2, **HERE}
    assert asked.band == 3, "what the menu says"


def test_a_rule_speaks_after_the_menu_and_after_the_inbox() -> None:
    inbox = replace(SUPPORT, terms=Terms(boost=10, pools=(Pool(name="main"),)))
    asked = sorting(rule(band=1, boost=20)).asked(replace(TEXT, inbox=inbox, band=3))
    assert (asked.band, asked.boost, asked.pools) == (1, 20, (Pool(name="main"),))


def test_a_relaxation_becomes_steps_that_keep_the_rest_of_what_is_asked() -> None:
    relax = (Relaxation(after=60, requires={"fr": 1}), Relaxation(after=300, requires={"fr": 0}))
    asked = sorting(rule(requires={"fr": 2}, relax=relax)).asked(TEXT)
    membership, english = ("inbox:support", 1), ("en", 1)
    assert asked.steps == (
        Step(needs=(english, ("fr", 2), membership), lasts=60),
        Step(needs=(english, ("fr", 1), membership), lasts=240),
        Step(needs=(english, membership), lasts=None),
    )
    assert asked.requires == dict(asked.steps[0].needs)


def test_a_relaxation_that_changes_nothing_here_is_no_step() -> None:
    assert sorting(rule(relax=(Relaxation(after=60, requires={"fr": 0}),))).asked(TEXT).steps == ()


def test_the_contacts_own_agent_is_preferred_unless_a_rule_prefers_another() -> None:
    owned = replace(TEXT, owner="ben")
    assert sorting(reply_window=90).asked(owned).preferred == Preference(agent="ben", window=90)
    other = rule(preferred=Preference(agent="ana", window=5))
    assert sorting(other).asked(owned).preferred == Preference(agent="ana", window=5)


SPANISH = Sorting(agents=(agent("eva", es=4), agent("ben", en=5)), tongue=speaking("es"))


def test_a_language_that_somebody_speaks_is_asked_for_in_place_of_the_inboxs_own_and_for_a_while() -> None:
    asked = SPANISH.asked(TEXT)
    membership = ("inbox:support", 1)
    assert asked.steps == (
        Step(needs=(("es", 1), membership), lasts=300),
        Step(needs=(("en", 1), membership), lasts=None),
    )


def test_nothing_changes_in_the_inboxs_own_language() -> None:
    assert replace(SPANISH, tongue=speaking("en")).asked(TEXT) == Sorting().asked(TEXT)


@pytest.mark.parametrize(
    "changed",
    [
        replace(SPANISH, agents=(agent("ben", en=5),)),
        replace(SPANISH, agents=(replace(agent("eva", es=4), inboxes=("sales",)), agent("ben", en=5))),
        replace(SPANISH, agents=(replace(agent("eva", es=4), capacity={Channel.EMAIL: 1}), agent("ben", en=5))),
        replace(SPANISH, rules=RoutingRules(language=LanguageHint(as_skill=False))),
        replace(SPANISH, rules=RoutingRules(intake=(rule(requires={"en": 3}),))),
    ],
    ids=[
        "nobody speaks it",
        "nobody here speaks it",
        "nobody on this channel speaks it",
        "switched off",
        "a rule says",
    ],
)
def test_a_hint_strands_nobody_and_does_not_contradict_a_rule(changed: Sorting) -> None:
    assert changed.asked(TEXT).steps == ()


def test_the_menu_knows_better_than_a_hint() -> None:
    call = replace(TEXT, channel=Channel.SMS, menu={"en": 1})
    assert SPANISH.asked(call).steps == ()


def test_a_hint_and_a_relaxation_go_together() -> None:
    inbox = replace(SUPPORT, requires={"en": 1, "billing": 2})
    relaxing = rule(relax=(Relaxation(after=60, requires={"billing": 1}),))
    asked = replace(SPANISH, rules=RoutingRules(intake=(relaxing,))).asked(replace(TEXT, inbox=inbox))
    needs = [(dict(step.needs), step.lasts) for step in asked.steps]
    assert needs == [
        ({"billing": 2, "es": 1, **HERE}, 60),
        ({"billing": 1, "es": 1, **HERE}, 240),
        ({"billing": 1, "en": 1, **HERE}, None),
    ]


def test_a_rule_may_ask_what_language_it_is_where_nobody_speaks_two() -> None:
    french = sorting(rule(Match(languages=("fr",)), band=2))
    assert replace(french, tongue=speaking("fr")).asked(TEXT).rules == ("rule",)
    assert replace(french, tongue=speaking("en")).asked(TEXT).rules == ()


def test_no_text_is_looked_at_where_no_language_matters() -> None:
    def never(_text: str, _among: Collection[str]) -> str:
        raise AssertionError

    assert Sorting(agents=(agent("ben", en=5),), tongue=never).asked(TEXT).requires == {"en": 1, **HERE}


def test_a_skill_that_is_called_it_is_a_department_unless_somebody_says_otherwise() -> None:
    italian = replace(SPANISH, agents=(agent("eva", it=4), agent("ben", en=5)), tongue=speaking("it"))
    assert italian.asked(TEXT).steps == ()
    named = replace(italian, rules=RoutingRules(language=LanguageHint(skills=("it", "en"))))
    assert named.asked(TEXT).requires == {"it": 1, **HERE}


def test_steps_open_later_and_later_whatever_the_order_they_are_written_in() -> None:
    relax = (Relaxation(after=300, requires={"a": 0}), Relaxation(after=60, requires={"a": 1}))
    assert [step.lasts for step in steps_of({"a": 2}, relax)] == [60, 240, None]
