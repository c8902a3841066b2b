"""Work by hand around the telephone: a talk is handed on by its transfer; a call that rings follows its head."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest

from heartline.domain.call_due import due
from heartline.domain.call_states import CallEvent, CallState
from heartline.domain.calls import Step, told
from heartline.domain.conversations import State
from heartline.domain.errors import Conflict
from heartline.domain.messages import Channel
from heartline.services.desk_ports import Target
from tests.fakes import MemoryTable
from tests.fakes.table import healthy
from tests.functional.phoned import Phoned, balanced

NOTE = "Wants a refund."


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Iterator[Phoned]:
    yield from balanced(memory_table)


def steps(phoned: Phoned, conversation: str, who: str) -> dict[str, Callable[[], object]]:
    """Whatever takes a conversation from who has it, by `who`."""
    hand, by, ben = phoned.routed.by_hand, phoned.routed.profile(who), phoned.routed.profile("ben")
    return {
        "take": lambda: hand.assign(conversation, to=by, by=by),
        "give": lambda: hand.assign(conversation, to=ben, by=by, note=NOTE),
        "give back": lambda: hand.assign(conversation, to=None, by=by),
        "escalate": lambda: hand.escalate(conversation, pool="main", note=NOTE, by=by),
        "snooze": lambda: hand.snooze(conversation, until=None, by=by),
    }


@pytest.mark.parametrize("step", ["give", "give back", "escalate", "snooze"])
def test_who_talks_hands_the_call_on_by_its_transfer(phoned: Phoned, step: str) -> None:
    call = phoned.talking()
    with pytest.raises(Conflict, match="You are on the phone with this customer: use the transfer of the call"):
        steps(phoned, call.conversation, "ana")[step]()
    assert phoned.head(call.conversation).assignee == "ana"


@pytest.mark.parametrize("step", ["take", "give", "give back", "escalate"])
def test_a_lead_takes_nobody_out_of_a_talk_either(phoned: Phoned, step: str) -> None:
    call = phoned.talking()
    with pytest.raises(Conflict, match="Ana is on the phone with this customer"):
        steps(phoned, call.conversation, "lea")[step]()
    assert phoned.call("CA1").state is CallState.IN_PROGRESS


def test_while_the_customer_is_being_rung_it_is_a_talk_as_well(phoned: Phoned) -> None:
    call = phoned.talking(state=CallState.DIALLING, answered=None, expires=None)
    with pytest.raises(Conflict, match="use the transfer of the call"):
        steps(phoned, call.conversation, "ana")["give back"]()


@pytest.mark.parametrize("step", ["priority", "heated"])
def test_what_takes_it_from_nobody_is_free_during_a_talk(phoned: Phoned, step: str) -> None:
    call, hand, ana = phoned.talking(), phoned.routed.by_hand, phoned.routed.profile("ana")
    if step == "priority":
        hand.prioritise(call.conversation, band=1, boost=None, reason="VIP", by=ana)
    else:
        hand.mark(call.conversation, heated=True, by=ana)
    head = phoned.head(call.conversation)
    assert (head.state, head.reservation, head.call) == (State.ASSIGNED, "rsv-call", "CA1")


def test_the_end_of_a_shift_leaves_a_talk_alone_and_says_so(phoned: Phoned) -> None:
    call = phoned.talking()
    other = phoned.routed.text("2")
    ana = phoned.routed.profile("ana")
    phoned.routed.by_hand.assign(other, to=ana, by=ana)
    done = phoned.routed.desk.hand_over(ana, Target(), NOTE)
    assert done.moved == (other,)
    assert done.kept == ((call.conversation, "You are on the phone with this customer: use the transfer of the call."),)


def ringing(phoned: Phoned) -> str:
    """A call that rings at Ana; nobody has picked up."""
    call = phoned.talking()
    rings = replace(call, state=CallState.OFFERING, answered=None, version=call.version + 1)
    phoned.calls.apply(Step(before=call, after=rings))
    return call.conversation


def next_task(phoned: Phoned, conversation: str) -> str:
    """What the dialer does next about the call."""
    task = due(phoned.call("CA1"), phoned.head(conversation), phoned.now)
    return task.due.value if task else ""


@pytest.mark.parametrize("step", ["give", "give back"])
def test_a_call_that_rings_is_withdrawn_when_its_conversation_goes_elsewhere(phoned: Phoned, step: str) -> None:
    conversation = ringing(phoned)
    assert next_task(phoned, conversation) != "withdraw"
    steps(phoned, conversation, "ana")[step]()
    assert next_task(phoned, conversation) == "withdraw"


@pytest.mark.parametrize("at", range(1, 9))
def test_a_step_that_meets_the_answer_of_a_call_anywhere_takes_nobody_out_of_it(phoned: Phoned, at: int) -> None:
    """Either the call was picked up first, and the step is refused; or it is withdrawn before anybody talks."""
    conversation = ringing(phoned)
    table, calls = phoned.table, count(1)
    assert isinstance(table, MemoryTable)

    def picks_up() -> None:
        call, head = phoned.call("CA1"), phoned.head(conversation)
        if head.reservation == call.reservation:
            talks = replace(call, state=CallState.IN_PROGRESS, answered=phoned.now)
            phoned.calls.apply(told(talks, call, CallEvent.ANSWERED, text="Ana answered.", at=phoned.now))

    def meanwhile(moment: str, _operation: str) -> None:
        if moment == "before" and next(calls) == at:
            table.hook = healthy
            picks_up()

    table.hook = meanwhile
    with suppress(Conflict):
        steps(phoned, conversation, "ana")["give back"]()
    table.hook = healthy
    picks_up()
    talks = phoned.call("CA1").state is CallState.IN_PROGRESS
    assert (phoned.head(conversation).state is State.ASSIGNED) is talks


def waiting(phoned: Phoned) -> str:
    """A caller in line, whom nobody has been offered."""
    conversation = phoned.texted()
    phoned.routing.to_voice(phoned.routed.call(conversation))
    phoned.routed.configured("ben", pool="second")
    return conversation


@pytest.mark.parametrize("step", ["escalate", "priority"])
def test_a_caller_in_line_waits_in_the_line_that_their_call_names(phoned: Phoned, step: str) -> None:
    """What is told to them, and whether anybody is there for them, is asked of the call."""
    conversation = waiting(phoned)
    hand, ana = phoned.routed.by_hand, phoned.routed.profile("ana")
    version = phoned.call(f"CA-{conversation}").version
    if step == "escalate":
        hand.escalate(conversation, pool="second", note=NOTE, by=ana)
    else:
        hand.prioritise(conversation, band=2, boost=60, reason="VIP", by=ana)

    call, head = phoned.call(f"CA-{conversation}"), phoned.head(conversation)
    assert (call.state, call.version) == (CallState.QUEUED, version + 1)
    assert call.asked.queue(Channel.VOICE) == head.routing_class
    assert (call.band, call.boost, call.pools) == (head.band, head.boost, head.pools)
    (waiter,) = phoned.routed.store.waiters(head.routing_class, limit=9)
    assert waiter.conversation == conversation
    phoned.routed.online("ben")
    phoned.routed.route()
    assert phoned.head(conversation).agent == "ben"


def test_a_call_that_moves_meanwhile_is_read_again(phoned: Phoned) -> None:
    conversation = waiting(phoned)
    table, calls = phoned.table, count(1)
    assert isinstance(table, MemoryTable)

    def meanwhile(moment: str, operation: str) -> None:
        if moment == "before" and operation == "TransactWriteItems" and next(calls) == 1:
            call = phoned.call(f"CA-{conversation}")
            phoned.calls.apply(Step(before=call, after=replace(call, said="Hello", version=call.version + 1)))

    table.hook = meanwhile
    phoned.routed.by_hand.escalate(conversation, pool="second", note=NOTE, by=phoned.routed.profile("ana"))
    table.hook = healthy
    call = phoned.call(f"CA-{conversation}")
    assert (call.said, call.pools) == ("Hello", phoned.head(conversation).pools)


def test_after_the_talk_the_work_is_anybodys_to_hand_over(phoned: Phoned) -> None:
    call = phoned.talking()
    phoned.desk.hang_up("CA1", phoned.routed.profile("ana"))
    steps(phoned, call.conversation, "ana")["give"]()
    assert phoned.head(call.conversation).assignee == "ben"
