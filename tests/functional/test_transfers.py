"""Handing a call on: cold and warm, to an agent, a skill and a number; who may get it, and what becomes of places."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from heartline.domain.call_parties import Consult, Mode, Party, PartyKind, PartyState, Transfer
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, Step
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict, NotFound, Refused
from heartline.domain.messages import Channel
from tests.fakes import MemoryTable
from tests.functional.phoned import THIRD, Phoned, balanced


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Iterator[Phoned]:
    yield from balanced(memory_table)


def cold(*, agent: str = "", skill: str = "", number: str = "") -> Transfer:
    return Transfer(mode=Mode.COLD, note="Wants a refund.", by="ana", agent=agent, skill=skill, number=number)


def warm(*, agent: str = "", number: str = "") -> Transfer:
    return replace(cold(agent=agent, number=number), mode=Mode.WARM)


def transferred(phoned: Phoned, transfer: Transfer) -> Call:
    return phoned.desk.transfer("CA1", phoned.routed.profile("ana"), transfer)


def told(phoned: Phoned) -> str:
    return phoned.routed.office.words(phoned.call("CA1").conversation)[-1]


def answered(phoned: Phoned) -> None:
    """The third party of a warm transfer has picked up, as the dialer writes it."""
    call = phoned.call("CA1")
    label = call.transfer.label if call.transfer else ""
    joined = replace(call.parties[label], state=PartyState.JOINED, sid="CA3")
    after = replace(call, parties=call.with_party(joined), version=call.version + 1)
    phoned.calls.apply(_step(call, after))


def _step(before: Call, after: Call) -> Step:
    return Step(before=before, after=after)


def test_a_declined_offer_goes_back_to_the_line_and_not_to_the_same_agent(phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    transferred(phoned, cold(agent="ben"))
    call = phoned.call("CA1")
    head = phoned.head(call.conversation)
    offered = replace(
        call, state=CallState.OFFERING, agent="ben", reservation=head.reservation or "", version=call.version + 1
    )
    phoned.calls.apply(_step(call, offered))
    assert "decline" in phoned.desk.can(offered, phoned.routed.profile("ben"))
    phoned.desk.decline("CA1", phoned.routed.profile("ben"))
    head = phoned.head(call.conversation)
    assert (head.state, head.agent) == (State.WAITING, None)
    assert "ben" in (head.exclusions or {})
    assert phoned.routed.free("ben", "voice") == 1


def test_a_cold_transfer_to_an_agent_is_offered_to_that_agent_with_the_note(phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    call = transferred(phoned, cold(agent="ben"))
    head = phoned.head(call.conversation)
    assert (call.state, call.agent, call.lined) == (CallState.QUEUED, "", phoned.now)
    assert (head.state, head.agent, head.call) == (State.OFFERED, "ben", "CA1")
    assert (phoned.routed.free("ana", "voice"), phoned.routed.free("ben", "voice")) == (1, 0)
    assert told(phoned) == "Ana transferred the call to Ben. Wants a refund."


def test_who_is_not_there_or_on_the_phone_gets_no_call(phoned: Phoned) -> None:
    phoned.talking()
    for transfer in (cold(agent="ben"), warm(agent="ben")):
        with pytest.raises(Conflict, match="Ben cannot take a call now"):
            transferred(phoned, transfer)
    phoned.routed.online("ben")
    phoned.dials(phoned.routed.text("2", sender=THIRD), "ben")
    with pytest.raises(Conflict, match="Ben cannot take a call now"):
        transferred(phoned, cold(agent="ben"))
    assert phoned.head(phoned.call("CA1").conversation).agent == "ana"


def test_a_call_goes_to_nobody_outside_the_inbox_and_not_to_oneself(phoned: Phoned) -> None:
    phoned.talking()
    with pytest.raises(NotFound):
        transferred(phoned, cold(agent="stranger"))
    with pytest.raises(Conflict, match="You have this call already"):
        transferred(phoned, warm(agent="ana"))


def test_a_cold_transfer_to_a_skill_waits_for_whoever_has_it_at_its_age(phoned: Phoned) -> None:
    before = phoned.talking()
    phoned.routed.online("ana", "ben")
    phoned.routed.office.clock.advance(minutes=5)
    call = transferred(phoned, cold(skill="billing"))
    head = phoned.head(call.conversation)
    assert (head.state, head.requires["billing"], head.enqueued) == (State.WAITING, 1, before.queued)
    assert call.requires["billing"] == 1
    assert "ana" in (head.exclusions or {})
    phoned.routed.route()
    assert phoned.head(call.conversation).agent == "ben"


def test_a_skill_that_nobody_online_has_is_refused(phoned: Phoned) -> None:
    phoned.talking()
    with pytest.raises(Conflict, match="Nobody with the skill “billing” is online"):
        transferred(phoned, cold(skill="billing"))


@pytest.mark.parametrize("number", ["+4930123456", "+19005550123", "+14155550100"])
@pytest.mark.parametrize("mode", Mode)
def test_a_call_is_transferred_to_no_number_that_may_not_be_called(phoned: Phoned, number: str, mode: Mode) -> None:
    phoned.talking()
    with pytest.raises(Refused):
        transferred(phoned, replace(cold(number=number), mode=mode))


def test_whoever_hands_a_call_to_a_number_is_free_and_keeps_the_conversation(phoned: Phoned) -> None:
    phoned.talking()
    call = transferred(phoned, cold(number=THIRD))
    head = phoned.head(call.conversation)
    assert (call.parties["consult-1"].who, call.parties["consult-1"].kind) == (THIRD, PartyKind.NUMBER)
    assert call.wants.ends == ("agent-1",)
    assert (head.agent, head.routing_channel, head.call) == ("ana", Channel.SMS, "CA1")
    assert phoned.routed.free("ana", "voice") == 1


def test_a_warm_transfer_rings_the_other_while_the_customer_waits(phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    call = transferred(phoned, warm(agent="ben"))
    assert (call.state, call.wants.hold) == (CallState.IN_PROGRESS, True)
    assert call.parties["consult-1"] == Party(
        label="consult-1", kind=PartyKind.AGENT, who="ben", state=PartyState.WAITING
    )
    assert phoned.desk.can(call, phoned.routed.profile("ana")) == ("hold", "mute", "consult_cancel", "hang_up")
    answered(phoned)
    assert "consult_complete" in phoned.desk.can(phoned.call("CA1"), phoned.routed.profile("ana"))


def test_handed_over_the_conversation_and_the_place_are_the_other_agents(phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.online("ben")
    transferred(phoned, warm(agent="ben"))
    answered(phoned)
    phoned.routed.office.clock.advance(seconds=1)
    call = phoned.desk.consult("CA1", phoned.routed.profile("ana"), Consult.COMPLETE)
    head = phoned.head(call.conversation)
    assert (head.state, head.agent, head.routing_channel) == (State.ASSIGNED, "ben", Channel.VOICE)
    assert (call.agent, call.reservation, call.transfer) == ("ben", head.reservation, None)
    assert (phoned.routed.free("ana", "voice"), phoned.routed.free("ben", "voice")) == (1, 0)
    assert told(phoned) == "Ana handed the call to Ben."


def test_handed_to_a_number_the_agent_is_free(phoned: Phoned) -> None:
    phoned.talking()
    transferred(phoned, warm(number=THIRD))
    answered(phoned)
    call = phoned.desk.consult("CA1", phoned.routed.profile("ana"), Consult.COMPLETE)
    assert phoned.head(call.conversation).routing_channel is Channel.SMS
    assert phoned.routed.free("ana", "voice") == 1


def test_all_three_talk_or_the_agent_goes_on_alone(phoned: Phoned) -> None:
    phoned.talking()
    ana = phoned.routed.profile("ana")
    transferred(phoned, warm(number=THIRD))
    answered(phoned)
    merged = phoned.desk.consult("CA1", ana, Consult.MERGE)
    assert (merged.wants.hold, merged.transfer and merged.transfer.merged) == (False, True)
    alone = phoned.desk.consult("CA1", ana, Consult.CANCEL)
    assert (alone.wants.ends, alone.transfer) == (("consult-1",), None)
    with pytest.raises(Conflict, match="no transfer under way"):
        phoned.desk.consult("CA1", ana, Consult.COMPLETE)


def test_who_does_not_talk_yet_is_handed_nothing(phoned: Phoned) -> None:
    phoned.talking()
    transferred(phoned, warm(number=THIRD))
    with pytest.raises(Conflict):
        phoned.desk.consult("CA1", phoned.routed.profile("ana"), Consult.COMPLETE)
