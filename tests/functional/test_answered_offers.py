"""Offers of written work: taken, declined, too late, twice, by somebody else, and why who did not answer is away."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from heartline.domain.conversations import Conversation
from heartline.domain.errors import Conflict
from heartline.domain.routing.heads import POLICY
from heartline.services.call_routing import RoutedCalls
from heartline.storage.dynamodb import Table
from tests.functional.routed import Routed, books_balance

TAKEN = "Ana took this"
DECLINED = "Ana declined this"


@pytest.fixture(params=["memory_table", "moto_table"])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table, policy=replace(POLICY, offers={**POLICY.offers, "sms": 30}))


@pytest.fixture
def offered(routed: Routed) -> Conversation:
    """A text that is offered to Ana for half a minute; Ben comes online after that."""
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()
    routed.online("ben")
    head = routed.head(conversation)
    assert (head.state, head.agent, head.assignee) == ("OFFERED", "ana", None)
    return head


def accept(routed: Routed, head: Conversation, agent: str = "ana", *, seen: bool = True) -> Conversation:
    until = head.offer_expires if seen else None
    return routed.by_hand.accept(head.id, by=routed.profile(agent), seen=until)


def decline(routed: Routed, head: Conversation, agent: str = "ana", *, seen: bool = True) -> Conversation:
    until = head.offer_expires if seen else None
    return routed.by_hand.decline(head.id, by=routed.profile(agent), seen=until)


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(Conflict) as caught:
        step()
    return str(caught.value)


def said(routed: Routed, head: Conversation) -> list[str]:
    return [words for words in routed.office.words(head.id) if words.startswith("Ana")]


def test_an_accepted_text_is_the_agents_and_a_second_click_changes_nothing(
    routed: Routed, offered: Conversation
) -> None:
    first, second = accept(routed, offered), accept(routed, offered)

    assert (first.state, first.assignee, first.version) == ("ASSIGNED", "ana", offered.version)
    assert second == first
    assert said(routed, offered) == [TAKEN]
    assert routed.state("ana").open[offered.id].expires is None
    books_balance(routed)


def test_a_declined_text_goes_to_somebody_else_and_a_second_click_takes_nothing_from_them(
    routed: Routed, offered: Conversation
) -> None:
    decline(routed, offered)
    routed.route()
    again = decline(routed, offered)

    assert (again.state, again.agent) == ("OFFERED", "ben")
    assert list(again.exclusions or {}) == ["ana"]
    assert routed.state("ana").agent.presence == "ONLINE"
    assert said(routed, offered) == [DECLINED]
    books_balance(routed)


def test_an_accept_in_the_second_of_the_time_out_is_late(routed: Routed, offered: Conversation) -> None:
    routed.office.clock.advance(seconds=30)

    assert "not offered to you any more" in refused(lambda: accept(routed, offered))
    assert routed.head(offered.id).state == "OFFERED"


def test_who_did_not_answer_is_away_with_that_reason_and_may_still_take_it(
    routed: Routed, offered: Conversation
) -> None:
    routed.office.clock.advance(seconds=31)
    routed.presence.choose(routed.profile("ben"), "OFFLINE")
    routed.route()

    state = routed.state("ana")
    assert (state.agent.presence, state.notes.reason) == ("AWAY", "did not answer")
    assert "Take it, if you still want it" in refused(lambda: accept(routed, offered))
    assert routed.by_hand.assign(offered.id, to=routed.profile("ana"), by=routed.profile("ana")).assignee == "ana"
    routed.online("ana")
    assert routed.state("ana").notes.reason == ""
    books_balance(routed)


def test_the_reason_of_an_earlier_break_is_not_told_of_who_did_not_answer(routed: Routed) -> None:
    routed.presence.choose(routed.profile("ana"), "ONLINE", reason="Back from lunch")
    routed.text("1")
    routed.route()
    routed.office.clock.advance(seconds=31)
    routed.route()

    assert routed.state("ana").notes.reason == "did not answer"


def test_who_has_gone_away_accepts_nothing(routed: Routed, offered: Conversation) -> None:
    """The presence is set and its process dies before it takes the offers back (R13)."""
    state = routed.state("ana")
    routed.store.set_presence(routed.profile("ana"), "AWAY", epoch=state.agent.epoch, notes=state.notes)

    assert "not offered to you any more" in refused(lambda: accept(routed, offered))
    assert routed.head(offered.id).state == "OFFERED"


def test_another_agent_neither_accepts_nor_declines_it(routed: Routed, offered: Conversation) -> None:
    assert refused(lambda: accept(routed, offered, "ben")) == "This is offered to somebody else now."
    assert decline(routed, offered, "ben").agent == "ana"
    accept(routed, offered)
    assert refused(lambda: accept(routed, offered, "ben")) == "Somebody else has this now."
    assert said(routed, offered) == [TAKEN]


def test_an_answer_to_an_earlier_offer_says_nothing_about_a_later_one(routed: Routed, offered: Conversation) -> None:
    routed.presence.choose(routed.profile("ben"), "OFFLINE")
    decline(routed, offered)
    routed.office.clock.advance(seconds=40)
    routed.route()
    later = routed.head(offered.id)
    assert (later.state, later.agent) == ("OFFERED", "ana")

    assert decline(routed, offered) == later
    assert "not offered to you any more" in refused(lambda: accept(routed, offered))
    assert accept(routed, offered, seen=False).assignee == "ana"


def test_what_was_taken_is_given_back_and_not_declined(routed: Routed, offered: Conversation) -> None:
    accept(routed, offered)
    assert "Give it back to the queue" in refused(lambda: decline(routed, offered))
    assert routed.head(offered.id).assignee == "ana"


def test_a_closed_one_is_told_to_be_closed(routed: Routed, offered: Conversation) -> None:
    routed.by_hand.close(offered.id, by=routed.profile("ben"))
    assert "closed" in refused(lambda: accept(routed, offered))
    assert decline(routed, offered).state == "CLOSED"


def test_a_call_is_answered_where_it_rings(routed: Routed) -> None:
    conversation = routed.text("1")
    calls = RoutedCalls(store=routed.store, configuration=routed, handover=routed.handover)
    calls.to_voice(routed.call(conversation))
    routed.online("ana")
    routed.route()
    head = routed.head(conversation)
    assert (head.state, head.agent) == ("OFFERED", "ana")

    assert refused(lambda: accept(routed, head)) == refused(lambda: decline(routed, head))
    assert "where it rings" in refused(lambda: accept(routed, head))
    assert routed.head(conversation) == head
