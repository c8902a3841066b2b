"""An agent changes pools while they work: their state follows, and whoever does not know that yet finds it."""

from dataclasses import replace

import pytest

from heartline.domain.calls import Step
from heartline.domain.errors import Contended
from heartline.domain.inboxes import Company
from heartline.domain.messages import Channel
from heartline.domain.routing import lifecycle
from heartline.domain.routing.lifecycle import Move
from heartline.storage.calls import DynamoCalls
from heartline.storage.dynamodb import Table
from heartline.storage.routing_items import agent_key
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.claiming import claim_of, claimed, given
from tests.functional.routed import Routed, books_balance


@pytest.fixture(params=["memory_table", "moto_table", pytest.param("ministack_table", marks=pytest.mark.slow)])
def routed(request: pytest.FixtureRequest) -> Routed:
    """Ana is online in the pool `main` and has one of her two texts."""
    table: Table = request.getfixturevalue(request.param)
    routed = Routed(table)
    routed.online("ana")
    given(routed, routed.text("1"), "ana")
    return routed


def held(routed: Routed) -> str:
    (conversation,) = routed.state("ana").open
    return conversation


def company_with(routed: Routed, pool: str) -> Company:
    agents = tuple(replace(each, pool=pool) if each.id == "ana" else each for each in routed.company_read.agents)
    return replace(routed.company_read, agents=agents)


def elsewhere(routed: Routed, pool: str) -> Routed:
    """Another process on the same table, with the clock and the ids of the first, that knows Ana in `pool`."""
    other = Routed(routed.table, company_read=company_with(routed, pool), ids=routed.ids, policy=routed.policy)
    other.office.clock = routed.office.clock
    return other


def test_her_state_follows_with_the_work_that_she_holds(routed: Routed) -> None:
    conversation, before = held(routed), routed.state("ana")

    routed.configured("ana", pool="over")

    state = routed.state("ana")
    assert (state.agent.pool, set(state.open)) == ("over", {conversation})
    assert (state.agent.presence, state.agent.epoch) == ("ONLINE", before.agent.epoch + 1)
    assert routed.free("ana", "sms") == 1
    assert routed.table.get(agent_key("main", "ana")) is None
    books_balance(routed)


def test_what_else_is_configured_anew_follows_with_the_pool(routed: Routed) -> None:
    routed.configured("ana", pool="over", capacity={Channel.SMS: 5}, skills={"fr": 3})

    agent = routed.state("ana").agent
    assert (agent.pool, agent.free("sms"), agent.skills["fr"]) == ("over", 4, 3)
    books_balance(routed)


def test_a_claim_that_was_planned_before_she_left_the_pool_fails(routed: Routed) -> None:
    planned = claim_of(routed, routed.text("2"), "ana")
    later = elsewhere(routed, "over")
    later.presence.sync(later.company_read)

    assert not claimed(routed, planned)
    assert not claimed(later, planned)
    given(later, planned.before.id, "ana")
    books_balance(later)


@pytest.mark.parametrize("knows", ["main", "over"])
@pytest.mark.parametrize("synced", [False, True], ids=["her state is in main", "her state is in over"])
def test_a_release_is_made_once_whatever_its_process_knows(routed: Routed, knows: str, *, synced: bool) -> None:
    conversation, process = held(routed), elsewhere(routed, knows)
    if synced:
        elsewhere(routed, "over").presence.sync(company_with(routed, "over"))

    process.handover.close(conversation)
    process.handover.close(conversation)

    assert (process.free("ana", "sms"), process.state("ana").open) == (2, {})
    books_balance(process)


@pytest.mark.parametrize("knows", ["main", "over"])
def test_the_same_release_from_two_processes_frees_one_slot(routed: Routed, knows: str) -> None:
    head = routed.head(held(routed))
    release = Move(before=head, after=lifecycle.returned(head))
    later = elsewhere(routed, "over")
    later.presence.sync(later.company_read)
    first, second = elsewhere(routed, knows), elsewhere(routed, "over")

    assert [claimed(first, release), claimed(second, release)] == [True, False]
    assert later.free("ana", "sms") == 2
    books_balance(later)


def test_a_process_with_either_configuration_can_give_her_work_by_hand(routed: Routed) -> None:
    later = elsewhere(routed, "over")
    first, second = routed.text("2"), routed.text("3")
    later.handover.assign(first, later.profile("ana"))
    later.presence.sync(later.company_read)
    routed.handover.assign(second, routed.profile("ana"))

    assert set(later.state("ana").open) == set(routed.state("ana").open) >= {first, second}
    assert later.free("ana", "sms") == -1
    books_balance(later)


def test_her_presence_can_be_chosen_before_and_after_she_has_followed(routed: Routed) -> None:
    later = elsewhere(routed, "over")
    later.presence.choose(later.profile("ana"), "AWAY")
    assert routed.state("ana").agent.presence == "AWAY"
    later.presence.sync(later.company_read)

    routed.presence.choose(routed.profile("ana"), "ONLINE")

    assert later.state("ana").agent.presence == "ONLINE"


def test_nobody_makes_a_second_state_for_her(routed: Routed) -> None:
    later = elsewhere(routed, "over")
    later.store.create_agent(later.profile("ana"), presence="OFFLINE")
    later.presence.sync(later.company_read)
    routed.store.create_agent(routed.profile("ana"), presence="OFFLINE")

    assert routed.table.get(agent_key("main", "ana")) is None
    assert [state.id for state in later.store.agents(["main", "over"])].count("ana") == 1


def test_her_state_follows_out_of_a_pool_that_nobody_else_is_in(routed: Routed) -> None:
    routed.configured("ana", pool="alone")
    conversation = held(routed)

    routed.configured("ana", pool="over")

    state = routed.state("ana")
    assert (state.agent.pool, set(state.open)) == ("over", {conversation})


def test_what_moves_while_her_state_is_read_is_not_lost(routed: Routed) -> None:
    """Between the read and the write of the move a slot is freed: the move is made from what is there then."""
    conversation, later = held(routed), elsewhere(routed, "over")
    seen = later.state("ana")
    routed.handover.close(conversation)

    later.store.relocate(later.profile("ana"), seen)

    assert (later.free("ana", "sms"), later.state("ana").open) == (2, {})
    books_balance(later)


def test_what_moves_between_the_read_and_the_write_of_the_move_stops_it(memory_table: MemoryTable) -> None:
    routed = Routed(memory_table)
    routed.online("ana", "ben")
    given(routed, routed.text("1"), "ana")
    conversation, later = held(routed), elsewhere(routed, "over")

    def close_first(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "TransactWriteItems"):
            memory_table.hook = healthy
            routed.handover.close(conversation)

    memory_table.hook = close_first
    assert later.presence.sync(later.company_read) == 0
    assert later.presence.sync(later.company_read) == 1

    assert (later.free("ana", "sms"), later.state("ana").open) == (2, {})
    books_balance(later)


def test_a_process_that_still_knows_the_old_pool_brings_her_back_and_the_newer_one_again(routed: Routed) -> None:
    """Configurations differ for a minute at most; whoever syncs last is followed, and nothing is lost on the way."""
    conversation, later = held(routed), elsewhere(routed, "over")
    for process in (later, routed, later):
        process.presence.sync(process.company_read)

    assert (later.state("ana").agent.pool, set(later.state("ana").open)) == ("over", {conversation})
    books_balance(later)


def test_a_merge_frees_her_slot_where_it_is(routed: Routed) -> None:
    conversation, target = held(routed), routed.letter("m1")
    later = elsewhere(routed, "over")
    later.presence.sync(later.company_read)

    routed.merging.merge(conversation, into=target, by=routed.profile("ana"))

    assert (later.free("ana", "sms"), later.state("ana").open) == (2, {})
    books_balance(later)


def test_the_end_of_a_call_frees_her_slot_where_it_is(routed: Routed) -> None:
    conversation = held(routed)
    call = routed.call(conversation)
    head = routed.head(conversation)
    later = elsewhere(routed, "over")
    later.presence.sync(later.company_read)

    calls = DynamoCalls(routed.table, lambda: routed.company().staff)
    after = replace(call, version=call.version + 1)
    calls.apply(Step(before=call, after=after, move=Move(before=head, after=lifecycle.returned(head))))

    assert later.free("ana", "sms") == 2
    books_balance(later)


def test_who_is_not_configured_any_more_gets_no_work(routed: Routed) -> None:
    """A tick passes them by, and a claim that was planned before is refused: nobody would ever see that work."""
    routed.online("ben")
    conversation = routed.text("2", inbox="sales")
    planned = claim_of(routed, conversation, "ben")
    staff = tuple(profile for profile in routed.company_read.agents if profile.id != "ben")
    routed.company_read = replace(routed.company_read, agents=staff)

    assert routed.route() == 0
    assert not claimed(routed, planned)
    with pytest.raises(Contended):
        routed.store.claim([planned], staff=routed.company().staff, token=routed.ids())
    assert routed.head(conversation).state == "WAITING"


def test_who_is_not_configured_any_more_gives_up_the_places_that_they_hold(routed: Routed) -> None:
    conversation, ana = held(routed), routed.profile("ana")
    staff = tuple(profile for profile in routed.company_read.agents if profile.id != "ana")
    routed.company_read = replace(routed.company_read, agents=staff)

    routed.handover.close(conversation)

    state = routed.store.agent(ana)
    assert state is not None
    assert (state.open, state.agent.free("sms")) == ({}, 2)
    assert routed.sweep().repaired == 0


def test_what_was_offered_to_somebody_who_is_not_configured_any_more_goes_on(routed: Routed) -> None:
    routed.policy = replace(routed.policy, offers={"sms": 20})
    routed.online("ben")
    conversation = routed.text("2", inbox="sales")
    assert routed.route() == 1
    staff = tuple(profile for profile in routed.company_read.agents if profile.id != "ben")
    routed.company_read = replace(routed.company_read, agents=staff)
    routed.office.clock.advance(seconds=21)

    assert routed.sweep().repaired == 0

    assert routed.head(conversation).state == "WAITING"


def test_who_was_taken_out_of_the_configuration_comes_back_offline(routed: Routed) -> None:
    """Otherwise the presence of weeks ago would give them work before they have opened the page."""
    before = routed.company_read
    staff = tuple(profile for profile in before.agents if profile.id != "ana")
    routed.company_read = replace(before, agents=staff)
    routed.office.clock.advance(seconds=91)
    assert routed.sweep().leases_ended == 1

    routed.company_read = before

    assert routed.state("ana").agent.presence == "OFFLINE"
    books_balance(routed)
