"""Offers, calls and everything that ends or moves work by hand, over a table."""

from dataclasses import replace

import pytest

from heartline.domain.conversations import Conversation
from heartline.domain.errors import NotFound
from heartline.domain.inboxes import AgentProfile, Staff
from heartline.domain.messages import Channel
from heartline.domain.routing.asked import Asked
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import Policy
from heartline.services.call_routing import RoutedCalls
from heartline.storage.dynamodb import Table
from heartline.storage.routing import DynamoRouting
from tests.functional.routed import Routed, books_balance


@pytest.fixture(params=["memory_table", "moto_table"])
def routed(request: pytest.FixtureRequest) -> Routed:
    table: Table = request.getfixturevalue(request.param)
    return Routed(table)


def calls(routed: Routed) -> RoutedCalls:
    return RoutedCalls(store=routed.store, configuration=routed, handover=routed.handover)


def offered_call(routed: Routed, *, to: str = "ben") -> Conversation:
    """A conversation that waits on the telephone and is offered to the one agent who is online."""
    conversation = routed.text("1")
    calls(routed).to_voice(routed.call(conversation))
    routed.online(to)
    routed.route()
    head = routed.head(conversation)
    assert (head.state, head.agent, head.assignee) == ("OFFERED", to, None)
    return head


def reservation(head: Conversation) -> str:
    assert head.reservation is not None
    return head.reservation


def test_a_call_is_offered_for_twenty_seconds_and_a_timer_is_set(routed: Routed) -> None:
    head = offered_call(routed)

    assert head.offer_expires is not None
    assert (head.offer_expires - routed.office.clock()).total_seconds() == 20
    assert routed.timers.messages == [{"due": "routing", "delay": 20}]
    assert routed.free("ben", "voice") == 0, "an offer holds capacity"


def test_an_accepted_offer_is_an_assignment_and_accepting_twice_is_once(routed: Routed) -> None:
    head = offered_call(routed)

    assert routed.accept(head)
    assert routed.accept(head)

    assert routed.head(head.id).assignee == "ben"
    assert routed.state("ben").open[head.id].expires is None
    books_balance(routed)


def test_an_accept_in_the_second_of_the_time_out_is_late(routed: Routed) -> None:
    head = offered_call(routed)
    routed.office.clock.advance(seconds=20)

    assert not routed.accept(head)


def test_an_unanswered_offer_comes_back_with_its_age_and_its_agent_is_away(routed: Routed) -> None:
    head = offered_call(routed)
    routed.office.clock.advance(seconds=20)

    routed.sweep()

    back = routed.head(head.id)
    assert (back.state, back.agent, back.enqueued) == ("WAITING", None, head.enqueued)
    assert back.version == head.version + 1
    assert routed.state("ben").agent.presence == "AWAY"
    assert routed.free("ben", "voice") == 1
    assert routed.again.messages[-1] == {"cause": "time"}
    books_balance(routed)


def test_a_call_that_rang_out_ends_its_offer_at_once(routed: Routed) -> None:
    head = offered_call(routed)

    calls(routed).decline(head, timed_out=True)

    assert routed.head(head.id).state == "WAITING"
    assert routed.state("ben").agent.presence == "AWAY"


@pytest.mark.parametrize("chosen", ["DRAINING", "OFFLINE"])
def test_an_offer_that_runs_out_after_its_agent_has_left_leaves_them_what_they_chose(
    routed: Routed, chosen: str
) -> None:
    """R13: it is taken back and no time-out, though whoever wrote the presence is not that far yet."""
    head = offered_call(routed)
    routed.store.set_presence(routed.profile("ben"), chosen, epoch=routed.state("ben").agent.epoch)

    calls(routed).decline(head, timed_out=True)

    assert (routed.head(head.id).state, routed.head(head.id).exclusions) == ("WAITING", None)
    assert (routed.state("ben").agent.presence, routed.free("ben", "voice")) == (chosen, 1)


class Leaving(DynamoRouting):
    """A table over which an agent leaves just before an offer of theirs is ended."""

    left = False

    def move(self, move: Move, *, staff: Staff, token: str = "") -> None:
        if not self.left:
            self.left = True
            profile = AgentProfile(id="ben", name="", skills={}, capacity={}, inboxes=())
            state = self.agent(profile)
            assert state is not None
            self.set_presence(profile, "OFFLINE", epoch=state.agent.epoch)
        super().move(move, staff=staff, token=token)


def test_who_leaves_at_the_moment_in_which_an_offer_runs_out_is_not_set_away(routed: Routed) -> None:
    head = offered_call(routed)
    handover = replace(routed.handover, store=Leaving(routed.table))

    handover.decline(head.id, reservation=reservation(head), timed_out=True)

    assert routed.head(head.id).state == "WAITING"
    assert (routed.state("ben").agent.presence, routed.free("ben", "voice")) == ("OFFLINE", 1)


def test_who_declines_is_excluded_until_their_presence_changes(routed: Routed) -> None:
    head = offered_call(routed)
    calls(routed).decline(head, timed_out=False)
    routed.route()
    assert routed.head(head.id).state == "WAITING"

    routed.presence.choose(routed.profile("ben"), "AWAY")
    routed.online("ben")
    routed.route()

    assert routed.head(head.id).agent == "ben"


def test_a_new_round_begins_half_a_minute_after_the_last_decline(routed: Routed) -> None:
    head = offered_call(routed)
    calls(routed).decline(head, timed_out=False)
    routed.office.clock.advance(seconds=30)

    routed.route()

    again = routed.head(head.id)
    assert (again.state, again.exclusions) == ("OFFERED", None)


def test_an_answer_to_an_offer_that_is_gone_changes_nothing(routed: Routed) -> None:
    head = offered_call(routed)
    calls(routed).decline(head, timed_out=False)
    before = routed.head(head.id)

    calls(routed).decline(head, timed_out=False)

    assert not routed.accept(head)
    assert routed.head(head.id) == before
    assert routed.free("ben", "voice") == 1, "I6: a slot returns exactly once"


def test_leaving_takes_the_offers_back_without_a_decline(routed: Routed) -> None:
    head = offered_call(routed)

    routed.presence.choose(routed.profile("ben"), "AWAY")

    back = routed.head(head.id)
    assert (back.state, back.exclusions) == ("WAITING", None)
    assert not routed.accept(head)
    books_balance(routed)


def test_an_open_call_forbids_new_texts_and_mail(routed: Routed) -> None:
    head = offered_call(routed)
    text, mail = routed.text("2"), routed.letter("m1")

    routed.route()
    assert routed.head(text).state == routed.head(mail).state == "WAITING"

    routed.accept(head)
    routed.handover.close(head.id)
    routed.route()
    assert routed.head(text).assignee == routed.head(mail).assignee == "ben"


def test_after_the_call_the_conversation_counts_as_a_text_without_limits(routed: Routed) -> None:
    head = offered_call(routed)
    routed.accept(head)
    routed.handover.assign(routed.text("2"), routed.profile("ben"))

    calls(routed).hand_back(routed.call(head.id))
    calls(routed).hand_back(routed.call(head.id))

    assert routed.head(head.id).routing_channel is Channel.SMS
    assert routed.head(head.id).assignee == "ben"
    assert (routed.free("ben", "voice"), routed.free("ben", "sms")) == (1, -1)
    books_balance(routed)


def test_a_call_that_nobody_answered_waits_as_a_text_with_its_age(routed: Routed) -> None:
    conversation = routed.text("1")
    before = routed.head(conversation)
    routed.office.clock.advance(seconds=300)
    calls(routed).to_voice(routed.call(conversation))
    assert routed.head(conversation).enqueued == routed.office.clock(), "the line has its own order"

    calls(routed).hand_back(routed.call(conversation))

    after = routed.head(conversation)
    assert (after.state, after.routing_class, after.enqueued) == ("WAITING", before.routing_class, before.enqueued)
    books_balance(routed)


def test_a_call_into_assigned_work_frees_the_slot_and_prefers_its_owner(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana", "ben")
    routed.handover.assign(conversation, routed.profile("ben"))

    calls(routed).to_voice(routed.call(conversation))
    assert routed.free("ben", "sms") == 1
    routed.route()

    assert routed.head(conversation).agent == "ben", "ana is as free, and comes first by name"


def test_a_line_is_staffed_if_anybody_online_could_take_the_call(routed: Routed) -> None:
    assert not calls(routed).staffed(Asked(requires={"inbox:support": 1}))
    offered_call(routed)
    assert calls(routed).staffed(Asked(requires={"inbox:support": 1})), "busy or not"
    assert not calls(routed).staffed(Asked(requires={"inbox:support": 1, "spanish": 1}))


def test_work_by_hand_asks_for_no_capacity_and_no_presence(routed: Routed) -> None:
    conversations = [routed.text(sid) for sid in ("1", "2", "3")]
    for conversation in conversations:
        routed.by_hand.assign(conversation, to=routed.profile("ben"), by=routed.profile("ana"), note="Yours.")

    assert routed.free("ben", "sms") == -2
    assert all(routed.head(each).assignee == "ben" for each in conversations)
    routed.online("ben")
    assert routed.route() == 0
    books_balance(routed)


def test_assigning_to_somebody_else_moves_the_slot(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.assign(conversation, routed.profile("ana"))
    routed.handover.assign(conversation, routed.profile("ben"))
    routed.handover.assign(conversation, routed.profile("ben"))

    assert (routed.free("ana", "sms"), routed.free("ben", "sms")) == (2, 0)
    assert routed.head(conversation).version == 2
    books_balance(routed)


def test_back_to_the_queue_keeps_the_age_and_does_not_return_at_once(routed: Routed) -> None:
    conversation = routed.text("1")
    enqueued = routed.head(conversation).enqueued
    routed.online("ana")
    routed.route()

    routed.by_hand.assign(conversation, to=None, by=routed.profile("ana"))
    routed.route()

    assert (routed.head(conversation).state, routed.head(conversation).enqueued) == ("WAITING", enqueued)
    routed.online("ben")
    routed.route()
    assert routed.head(conversation).assignee == "ben"
    books_balance(routed)


def test_closing_frees_the_slot_and_the_contact_has_nothing_open(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.online("ana")
    routed.route()

    routed.by_hand.close(conversation, by=routed.profile("ana"))
    routed.by_hand.close(conversation, by=routed.profile("ana"))

    head = routed.head(conversation)
    assert (head.state, head.agent, head.last_agent) == ("CLOSED", None, "ana")
    assert routed.store.pointer(head.contact, "support").conversations == ()
    assert routed.free("ana", "sms") == 2
    closed = routed.office.reading.view(["support#closed"], limit=9, cursor=None).items
    assert [each.id for each in closed] == [conversation]


def test_a_waiting_conversation_can_be_closed(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.close(conversation)
    routed.online("ana")

    assert routed.route() == 0
    assert routed.head(conversation).state == "CLOSED"
    books_balance(routed)


def test_a_reopened_conversation_waits_for_its_last_agent_first(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.assign(conversation, routed.profile("ben"))
    routed.handover.close(conversation)
    routed.office.clock.advance(seconds=600)
    routed.online("ana", "ben")

    routed.by_hand.reopen(conversation, by=routed.profile("ana"))
    assert routed.store.pointer(routed.head(conversation).contact, "support").conversations == (conversation,)
    routed.route()

    assert routed.head(conversation).assignee == "ben"
    books_balance(routed)


def test_a_reply_to_a_snoozed_conversation_brings_it_back_to_its_owner(routed: Routed) -> None:
    conversation = routed.text("1")
    routed.handover.assign(conversation, routed.profile("ben"))
    routed.handover.snooze(conversation)
    assert routed.free("ben", "sms") == 1

    routed.handover.replied(conversation)

    assert routed.head(conversation).assignee == "ben"
    assert routed.free("ben", "sms") == 0
    books_balance(routed)


def test_an_unknown_conversation_is_not_found(routed: Routed) -> None:
    with pytest.raises(NotFound):
        routed.handover.close("nothing")


def test_what_was_never_offered_cannot_be_accepted(routed: Routed) -> None:
    conversation = routed.text("1")
    assert not routed.accept(routed.head(conversation))


def test_of_two_offers_that_run_out_together_the_first_sets_away_and_the_other_is_taken_back(
    routed: Routed,
) -> None:
    """The payload is tests/data/routing/race_offers_of_one_agent_time_out_together.json: the epoch rose by two."""
    routed.policy = Policy(offers={"sms": 20})
    first, second = routed.text("1"), routed.text("2")
    routed.online("ana")
    routed.route()
    routed.office.clock.advance(seconds=20)

    routed.handover.clear(routed.state("ana"))

    assert (routed.state("ana").agent.presence, routed.state("ana").agent.epoch) == ("AWAY", 2)
    assert not any(routed.head(each).exclusions for each in (first, second))
