"""What agents ask of a call: each command once, by whom it is for, and the rest is told why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, RecordingState, Step
from heartline.domain.errors import Conflict, NotFound
from heartline.domain.messages import Channel
from tests.fakes import MemoryTable
from tests.functional.phoned import Phoned, balanced


@pytest.fixture
def phoned(memory_table: MemoryTable) -> Iterator[Phoned]:
    yield from balanced(memory_table)


def told(phoned: Phoned) -> str:
    return phoned.routed.office.words(phoned.call("CA1").conversation)[-1]


def _step(before: Call, after: Call) -> Step:
    return Step(before=before, after=after)


def test_a_customer_is_held_once_and_taken_back(phoned: Phoned) -> None:
    phoned.talking()
    ana = phoned.routed.profile("ana")
    assert phoned.desk.hold("CA1", ana, on=True).wants.hold is True
    assert phoned.desk.hold("CA1", ana, on=True).version == 1
    assert phoned.desk.hold("CA1", ana, on=False).wants.hold is False


def test_an_agent_mutes_themselves_and_nobody_else(phoned: Phoned) -> None:
    phoned.talking()
    assert phoned.desk.mute("CA1", phoned.routed.profile("ana"), on=True).wants.muted == {"agent-1": True}
    assert phoned.desk.mute("CA1", phoned.routed.profile("ana"), on=True).version == 1
    with pytest.raises(Conflict, match="You are not in this call"):
        phoned.desk.mute("CA1", phoned.routed.profile("ben"), on=True)


def test_a_recording_is_paused_once_and_goes_on(phoned: Phoned) -> None:
    phoned.talking(recording=RecordingState.ON)
    ana = phoned.routed.profile("ana")
    assert phoned.desk.record("CA1", ana, on=True).version == 0
    assert phoned.desk.record("CA1", ana, on=False).wants.recording is False
    assert phoned.desk.record("CA1", ana, on=False).version == 1


def test_what_is_not_recorded_cannot_be_paused(phoned: Phoned) -> None:
    phoned.talking()
    with pytest.raises(Conflict, match="not being recorded"):
        phoned.desk.record("CA1", phoned.routed.profile("ana"), on=False)


def test_who_hangs_up_last_ends_the_call_with_work_after_it(phoned: Phoned) -> None:
    phoned.talking()
    phoned.routed.office.clock.advance(minutes=3)
    call = phoned.desk.hang_up("CA1", phoned.routed.profile("ana"))
    assert (call.state, call.wrap_until) == (CallState.COMPLETED, phoned.now + timedelta(seconds=30))
    assert phoned.desk.hang_up("CA1", phoned.routed.profile("ana")) == call
    assert phoned.desk.can(call, phoned.routed.profile("ana")) == ("wrap_up",)
    assert told(phoned) == "Talked with Ana for 3 min 0 s."
    assert phoned.routed.free("ana", "voice") == 0  # held for the work after the call


def test_the_work_after_a_call_is_finished_early_once(phoned: Phoned) -> None:
    phoned.talking()
    ana = phoned.routed.profile("ana")
    phoned.desk.hang_up("CA1", ana)
    phoned.routed.office.clock.advance(seconds=10)
    done = phoned.desk.wrap_up("CA1", ana)
    assert done.wrap_until == phoned.now
    assert phoned.desk.wrap_up("CA1", ana) == done
    phoned.routing.hand_back(done)
    phoned.routing.hand_back(done)
    assert phoned.routed.free("ana", "voice") == 1
    assert phoned.head(done.conversation).routing_channel is Channel.SMS


def test_the_clock_ends_the_work_after_a_call_that_nobody_ended_and_then_lets_it_rest(phoned: Phoned) -> None:
    phoned.talking()
    call = phoned.desk.hang_up("CA1", phoned.routed.profile("ana"))
    assert phoned.due() == 0
    phoned.routed.office.clock.advance(seconds=31)
    assert phoned.due() == 1
    phoned.routing.hand_back(call)  # what the dialer does once it is woken
    assert (phoned.due(), phoned.due()) == (0, 0)
    assert phoned.woken == [("CA1",)]
    item = phoned.table.get({"PK": "CALL#CA1", "SK": "CALL"})
    assert item is not None
    assert "view" not in item


def test_another_agent_commands_nothing(phoned: Phoned) -> None:
    call = phoned.talking()
    ben = phoned.routed.profile("ben")
    assert phoned.desk.can(call, ben) == ()
    for command in (phoned.desk.hang_up, phoned.desk.wrap_up, phoned.desk.decline, phoned.desk.cancel):
        with pytest.raises(Conflict):
            command("CA1", ben)
    with pytest.raises(Conflict):
        phoned.desk.hold("CA1", ben, on=True)


def test_a_lead_ends_a_call_that_is_anothers_and_the_timeline_says_who(phoned: Phoned) -> None:
    call = phoned.talking()
    lea = phoned.routed.profile("lea")
    assert phoned.desk.can(call, lea) == ("hang_up",)
    assert phoned.desk.hang_up("CA1", lea).state is CallState.COMPLETED
    words = phoned.routed.office.words(call.conversation)[-2:]
    assert set(words) == {"Lea ended the call of Ana.", "Talked with Ana for 0 s."}
    with pytest.raises(Conflict, match="over"):
        phoned.desk.hold("CA1", lea, on=True)


def test_an_unknown_call_is_not_found(phoned: Phoned) -> None:
    with pytest.raises(NotFound):
        phoned.desk.hang_up("CA404", phoned.routed.profile("ana"))


def test_a_call_of_ours_is_cancelled_once_by_anybody_who_sees_it(phoned: Phoned) -> None:
    call = phoned.plans(phoned.texted(), phoned.now + timedelta(hours=1))
    ben = phoned.routed.profile("ben")
    assert phoned.desk.can(call, ben) == ("cancel",)
    cancelled = phoned.desk.cancel(call.id, ben)
    assert cancelled.state is CallState.CANCELLED
    assert phoned.desk.cancel(call.id, ben) == cancelled
    assert phoned.routed.office.words(call.conversation)[-1] == "Ben cancelled the call."


def test_a_customers_own_call_cannot_be_cancelled(phoned: Phoned) -> None:
    phoned.talking()
    with pytest.raises(Conflict):
        phoned.desk.cancel("CA1", phoned.routed.profile("ana"))


def test_a_command_on_a_call_that_moves_is_decided_again(memory_table: MemoryTable) -> None:
    phoned = Phoned(memory_table)
    call = phoned.talking()
    moved: list[str] = []

    def meddle(moment: str, operation: str) -> None:
        if (moment, operation) == ("before", "PutItem") and not moved:
            moved.append(operation)
            phoned.calls.apply(_step(call, replace(call, problem="busy", version=1)))

    memory_table.hook = meddle
    assert phoned.desk.hold("CA1", phoned.routed.profile("ana"), on=True).version == 2
    assert phoned.call("CA1").wants.hold is True
