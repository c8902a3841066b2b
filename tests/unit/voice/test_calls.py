"""A call's state: whatever comes late, twice or out of order, an ended call stays as it ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.calls import LINE_CLOSED, TRANSITIONS, Call, CallEvent, CallState, advance
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.messages import Direction

AT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
CALLER = Identity(kind=IdentityKind.PHONE, address="+14155552671")
TERMINAL = {CallState.COMPLETED, CallState.VOICEMAIL, CallState.ABANDONED, CallState.FAILED}


def a_call(state: CallState = CallState.IVR) -> Call:
    return Call(
        id="CA1",
        state=state,
        inbox="support",
        number="+14155550100",
        caller=CALLER,
        caller_name="",
        began=AT,
        conversation="c1",
    )


def after(*events: CallEvent, start: CallState = CallState.IVR) -> list[CallState]:
    """The states that a call goes through when these events come in this order."""
    call, states = a_call(start), []
    for event in events:
        step = advance(call, event, at=AT)
        call = step.after if step else call
        states.append(call.state)
    return states


def test_a_call_that_is_answered_goes_from_the_menu_to_its_end() -> None:
    events = (CallEvent.QUEUED, CallEvent.OFFERED, CallEvent.ANSWERED, CallEvent.ENDED)
    assert after(*events) == [
        CallState.QUEUED,
        CallState.OFFERING,
        CallState.IN_PROGRESS,
        CallState.COMPLETED,
    ]


def test_an_agent_who_does_not_answer_gives_the_call_back_to_the_line() -> None:
    events = (CallEvent.QUEUED, CallEvent.OFFERED, CallEvent.DECLINED, CallEvent.OFFERED)
    assert after(*events)[-2:] == [CallState.QUEUED, CallState.OFFERING]


def test_a_message_on_tape_is_voicemail_and_silence_is_an_abandoned_call() -> None:
    assert after(CallEvent.QUEUED, CallEvent.UNREACHED, CallEvent.RECORDED)[-1] is CallState.VOICEMAIL
    assert after(CallEvent.QUEUED, CallEvent.UNREACHED, CallEvent.MISSED)[-1] is CallState.ABANDONED


def test_hanging_up_while_a_message_is_recorded_decides_nothing() -> None:
    assert CallState.RECORDING not in LINE_CLOSED


@pytest.mark.parametrize("state", sorted(TERMINAL))
@pytest.mark.parametrize("event", CallEvent)
def test_what_has_ended_stays_ended(state: CallState, event: CallEvent) -> None:
    assert a_call(state).over
    assert advance(a_call(state), event, at=AT) is None


def test_every_state_that_is_not_terminal_has_a_way_out() -> None:
    assert set(TRANSITIONS) == set(CallState)
    assert {state for state in CallState if a_call(state).over} == TERMINAL


@given(st.lists(st.sampled_from(CallEvent), max_size=30))
def test_no_order_of_events_leaves_a_terminal_state(events: list[CallEvent]) -> None:
    states = after(*events, start=CallState.INCOMING)
    ended = next((n for n, state in enumerate(states) if state in TERMINAL), None)
    if ended is not None:
        assert set(states[ended:]) == {states[ended]}


@given(st.lists(st.sampled_from(CallEvent), max_size=30))
def test_an_event_that_comes_twice_counts_once(events: list[CallEvent]) -> None:
    doubled = [event for event in events for _ in range(2)]
    assert after(*doubled, start=CallState.INCOMING)[1::2] == after(*events, start=CallState.INCOMING)


@given(st.lists(st.sampled_from(CallEvent), max_size=30))
def test_every_change_is_a_new_version_and_nothing_else_is(events: list[CallEvent]) -> None:
    call = a_call()
    for event in events:
        step = advance(call, event, at=AT)
        if step is not None:
            assert step.after.version == call.version + 1
            call = step.after


def test_only_one_of_two_ends_can_come_true() -> None:
    """Hung up while the agent picks up: whichever is written first, the other finds no way."""
    assert after(CallEvent.QUEUED, CallEvent.OFFERED, CallEvent.MISSED, CallEvent.ANSWERED)[-1] is CallState.ABANDONED
    assert after(CallEvent.QUEUED, CallEvent.OFFERED, CallEvent.ANSWERED, CallEvent.MISSED)[-1] is CallState.IN_PROGRESS


def test_an_entry_says_what_happened_and_is_no_message_of_anybody() -> None:
    step = advance(a_call(CallState.QUEUED), CallEvent.OFFERED, at=AT, text="Offered to Ana.", attempt=1)
    assert step is not None
    assert step.entry is not None
    assert (step.entry.event, step.entry.text, step.entry.conversation) == ("call.offered", "Offered to Ana.", "c1")
    assert step.entry.direction is Direction.INTERNAL
    assert not step.entry.customer_visible


def test_the_same_event_of_the_same_attempt_is_the_same_entry() -> None:
    def entry(attempt: int, at: datetime) -> str:
        step = advance(a_call(CallState.QUEUED), CallEvent.OFFERED, at=at, text="Offered.", attempt=attempt)
        assert step is not None
        assert step.entry is not None
        return step.entry.id

    assert entry(1, AT) == entry(1, AT + timedelta(seconds=9))
    assert entry(1, AT) != entry(2, AT)


def test_without_words_there_is_no_entry() -> None:
    step = advance(a_call(), CallEvent.QUEUED, at=AT)
    assert step is not None
    assert step.entry is None


def test_callers_with_the_same_choice_stand_in_one_line() -> None:
    assert a_call().queue == "support-any"
