"""There are words for every agent of every world, and every agent is counted once."""

from dataclasses import replace

from hypothesis import given, settings

from heartline.domain.routing.coming import asked_again, coming
from heartline.domain.routing.eligibility import case_of, refusal
from heartline.domain.routing.explanation import Look
from heartline.domain.routing.model import Why
from tests.unit.routing.looking import NOW, looks

often = settings(max_examples=400, deadline=None)


def inside(look: Look) -> Look:
    """As if everybody worked in the inbox."""
    return replace(look, members=frozenset(look.reasons.agents))


@often
@given(looks())
def test_every_agent_has_words_and_is_counted_once(look: Look) -> None:
    told = inside(look).candidates()
    named = {*look.decision.order, *look.decision.refused}
    assert {each.agent for each in told} == named
    assert all(each.words for each in told)
    assert sum(group.count for group in look.groups()) == sum(group.count for group in inside(look).groups())
    assert sum(group.count for group in look.groups()) == len(named)


@often
@given(looks())
def test_what_is_told_is_what_the_rules_say_of_each_agent(look: Look) -> None:
    agents, policy = look.reasons.agents, look.reasons.policy
    if look.decision.why is Why.HOURS:
        return
    case = case_of(look.decision.head, agents, policy, NOW)
    asked = agents if case.only is None else {case.only: agents[case.only]}
    rules = {name: refusal(agent, case, policy) for name, agent in asked.items()}
    assert {each.agent: each.refused for each in inside(look).candidates()} == rules


@often
@given(looks())
def test_there_is_a_sentence_for_everything(look: Look) -> None:
    for seen in (look, inside(look)):
        sentence = seen.sentence("Mon 09:00 (UTC)")
        assert sentence.endswith(".")
        assert "None" not in sentence
    head, reasons = look.decision.head, look.reasons
    sentences = coming(head, reasons.case, reasons.agents, policy=reasons.policy, words=reasons.words, now=reasons.now)
    assert all(each.endswith(".") for each in sentences)


@often
@given(looks())
def test_who_declined_is_asked_again_when_it_is_said(look: Look) -> None:
    """At that instant, nothing else having changed, no decline is in the way any more."""
    head, reasons = look.decision.head, look.reasons
    again = asked_again(head, reasons.case, reasons.agents, reasons.policy)
    if again is None or again <= NOW:
        return
    later = case_of(head, reasons.agents, reasons.policy, again)
    if later.rings == reasons.case.rings:
        assert later.new_round
        assert not later.excluded
