"""Units: what work weighs is taken with its slot and comes back with it, whatever is configured meanwhile."""

from dataclasses import replace

import pytest

from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Update
from heartline.storage.routing_items import agent_key
from tests.fakes import MemoryTable, Usage
from tests.functional.claiming import claim_of, claimed, claimed_together, given
from tests.functional.routed import Routed, books_balance

ROOM = {Channel.EMAIL: 9, Channel.SMS: 9, Channel.VOICE: 1}


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    """Ana has room for nine texts and nine mails, and five units; a text weighs two of them."""
    table: Table = request.getfixturevalue(request.param)
    routed = Routed(table)
    weigh(routed, sms=2)
    routed.configured("ana", capacity=ROOM, units=5)
    routed.online("ana")
    return routed


def weigh(routed: Routed, **weights: float) -> None:
    routed.policy = replace(routed.policy, weights=weights)


def units(routed: Routed) -> float:
    return routed.state("ana").free_units


def test_a_claim_takes_the_weight_of_its_work_and_none_that_does_not_fit(routed: Routed) -> None:
    first, second, third = (routed.text(str(number)) for number in (1, 2, 3))
    given(routed, first, "ana")
    given(routed, second, "ana")

    assert not claimed(routed, claim_of(routed, third, "ana"))
    assert (units(routed), routed.free("ana", "sms")) == (1, 7)
    books_balance(routed)


def test_work_of_no_weight_fits_where_nothing_else_does(routed: Routed) -> None:
    weigh(routed, sms=5, email=0)
    given(routed, routed.text("1"), "ana")

    assert not claimed(routed, claim_of(routed, routed.text("2"), "ana"))
    given(routed, routed.letter("m1"), "ana")
    assert units(routed) == 0


def test_a_weight_may_have_a_fraction(routed: Routed) -> None:
    weigh(routed, sms=2.5)
    given(routed, routed.text("1"), "ana")
    given(routed, routed.text("2"), "ana")

    assert units(routed) == 0
    assert not claimed(routed, claim_of(routed, routed.text("3"), "ana"))


def test_what_comes_back_is_what_was_taken_though_the_weights_have_changed(routed: Routed) -> None:
    first, second = routed.text("1"), routed.text("2")
    given(routed, first, "ana")
    weigh(routed, sms=1)
    given(routed, second, "ana")
    assert units(routed) == 2

    routed.handover.close(first)
    assert units(routed) == 4
    routed.handover.close(second)
    assert units(routed) == 5
    books_balance(routed)


def test_work_by_hand_may_go_over_the_units_and_then_nothing_at_all_is_claimed(routed: Routed) -> None:
    conversations = [routed.text(str(number)) for number in (1, 2, 3)]
    for conversation in conversations:
        routed.handover.assign(conversation, routed.profile("ana"))
    weigh(routed, sms=2, email=0)
    letter = routed.letter("m1")

    assert units(routed) == -1
    assert not claimed(routed, claim_of(routed, letter, "ana"))
    routed.handover.close(conversations[0])
    given(routed, letter, "ana")
    books_balance(routed)


def test_units_that_come_later_count_the_work_that_is_there(routed: Routed) -> None:
    routed.configured("ana", units=None)
    for number in (1, 2, 3):
        given(routed, routed.text(str(number)), "ana")
    assert routed.state("ana").agent.units is None

    routed.configured("ana", units=7)

    assert (routed.state("ana").agent.units, units(routed)) == (7, 1)
    books_balance(routed)


def test_a_change_of_units_moves_what_is_free_by_the_difference(routed: Routed) -> None:
    given(routed, routed.text("1"), "ana")
    routed.configured("ana", units=3)
    assert units(routed) == 1
    routed.configured("ana", units=1)
    assert units(routed) == -1
    books_balance(routed)


def test_without_units_any_more_nothing_is_weighed(routed: Routed) -> None:
    routed.configured("ana", units=1)
    assert not claimed(routed, claim_of(routed, routed.text("1"), "ana"))

    routed.configured("ana", units=None)

    given(routed, routed.text("2"), "ana")
    stored = routed.table.get(agent_key("main", "ana"))
    assert stored is not None
    assert "units" not in stored


def test_work_that_is_counted_on_another_channel_weighs_what_that_weighs(routed: Routed) -> None:
    weigh(routed, sms=1, voice=3)
    conversation = routed.text("1")
    given(routed, conversation, "ana")
    head = routed.head(conversation)
    on_phone = lifecycle.classed(head, Channel.VOICE, head.requires)

    routed.store.move(Move(before=head, after=on_phone), staff=routed.company().staff)
    assert (units(routed), routed.free("ana", "sms"), routed.free("ana", "voice")) == (2, 9, 0)

    weigh(routed, sms=2)
    head = routed.head(conversation)
    written = lifecycle.classed(head, Channel.SMS, head.requires)
    routed.store.move(Move(before=head, after=written), staff=routed.company().staff)
    assert (units(routed), routed.free("ana", "voice")) == (3, 1)
    books_balance(routed)


def test_the_same_work_held_in_another_way_keeps_its_weight(routed: Routed) -> None:
    conversation = routed.text("1")
    given(routed, conversation, "ana")
    weigh(routed, sms=4)
    routed.policy = replace(routed.policy, wrap={"sms": 30})

    routed.handover.close(conversation)

    assert (routed.head(conversation).state, units(routed)) == ("WRAP", 3)
    books_balance(routed)


def test_snoozed_and_answered_work_weighs_what_it_weighs_by_then(routed: Routed) -> None:
    conversation = routed.text("1")
    given(routed, conversation, "ana")
    routed.store.move(_snoozing(routed, conversation), staff=routed.company().staff)
    assert (units(routed), routed.head(conversation).weight) == (5, 1)

    weigh(routed, sms=3)
    head = routed.head(conversation)
    back = Move(before=head, after=lifecycle.assigned(head, "ana", reservation=routed.ids()))
    routed.store.move(back, staff=routed.company().staff)

    assert (units(routed), routed.head(conversation).weight) == (2, 3)
    books_balance(routed)


def _snoozing(routed: Routed, conversation: str) -> Move:
    head = routed.head(conversation)
    return Move(before=head, after=replace(head, state=type(head.state).SNOOZED, reservation=None))


def test_a_place_that_is_held_for_nothing_comes_back_with_what_it_took(routed: Routed) -> None:
    given(routed, routed.text("1"), "ana")
    ghost = {"rsv": "r-gone", "ch": "sms", "w": 1500}
    add = {"free_sms": -1, "free_units": -1500}
    routed.table.write(Update(key=agent_key("main", "ana"), assign={"open.c-gone": ghost}, add=add))

    assert routed.sweep().repaired == 1

    assert (units(routed), routed.free("ana", "sms")) == (3, 8)
    books_balance(routed)


def test_claims_for_one_agent_are_one_transaction_and_one_write_of_the_agent(routed: Routed) -> None:
    weigh(routed)
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in range(1, 6)]

    assert claimed_together(routed, moves)

    state = routed.state("ana")
    assert set(state.open) == {move.before.id for move in moves}
    assert (state.free_units, state.agent.free("sms")) == (0, 4)
    assert all(routed.head(move.before.id).assignee == "ana" for move in moves)
    books_balance(routed)


@pytest.mark.parametrize(
    "limits", [{"capacity": {Channel.SMS: 2}, "units": None}, {"units": 2}], ids=["slots", "units"]
)
def test_claims_that_do_not_all_fit_are_none(routed: Routed, limits: dict[str, object]) -> None:
    weigh(routed)
    routed.configured("ana", **limits)
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2, 3)]

    assert not claimed_together(routed, moves)

    assert routed.state("ana").open == {}
    assert [claimed(routed, move) for move in moves] == [True, True, False]
    books_balance(routed)


def test_of_claims_together_those_that_somebody_was_faster_with_are_left_out(routed: Routed) -> None:
    weigh(routed)
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2, 3)]
    routed.online("ben")
    given(routed, moves[1].before.id, "ben")

    assert claimed_together(routed, moves) == [moves[0].before.id, moves[2].before.id]
    books_balance(routed)


def test_of_claims_together_that_were_all_made_by_somebody_else_none_is_tried_again(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    routed.online("ana")
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2)]
    assert claimed_together(routed, moves)
    memory_table.usage = usage = Usage()

    assert claimed_together(routed, moves) == []
    assert usage.total_requests == 1


@pytest.mark.parametrize("off", [["sms"], {"sms", "voice"}], ids=["a list", "a set"])
def test_no_claim_goes_to_a_channel_that_is_switched_off(routed: Routed, off: object) -> None:
    text, letter = claim_of(routed, routed.text("1"), "ana"), claim_of(routed, routed.letter("m1"), "ana")
    routed.table.write(Update(key=agent_key("main", "ana"), assign={"off": off}))

    assert [claimed(routed, text), claimed(routed, letter)] == [False, True]


def test_claims_together_of_two_channels_ask_each_for_its_places(routed: Routed) -> None:
    weigh(routed)
    letter, text = routed.letter("m1"), routed.text("1")
    moves = [claim_of(routed, letter, "ana"), claim_of(routed, text, "ana")]

    assert claimed_together(routed, moves)

    assert (routed.free("ana", "email"), routed.free("ana", "sms")) == (8, 8)
    books_balance(routed)


def test_claims_that_were_planned_in_an_older_epoch_are_refused_together(routed: Routed) -> None:
    weigh(routed)
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2)]
    routed.presence.choose(routed.profile("ana"), "AWAY")
    routed.online("ana")

    assert not claimed_together(routed, moves)


def test_the_latest_start_and_the_latest_heated_one_are_remembered_of_claims_together(routed: Routed) -> None:
    weigh(routed)
    first, second = (claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2))
    hot = replace(first, before=first.before, after=replace(first.after, heated=True))

    assert claimed_together(routed, [hot, second])

    agent = routed.state("ana").agent
    assert agent.last == agent.last_heated == routed.office.clock().timestamp()


def test_the_same_claims_sent_twice_are_made_once(routed: Routed) -> None:
    weigh(routed)
    moves = [claim_of(routed, routed.text(str(number)), "ana") for number in (1, 2)]
    assert claimed_together(routed, moves)
    claimed_together(routed, moves)

    assert units(routed) == 3
    books_balance(routed)
