"""A call's states are a table: what it does not name changes nothing, and what is over stays so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heartline.domain.call_legs import accepted, customer_gone, in_conference, moved, silent
from heartline.domain.call_parties import CUSTOMER, PROGRESS, Party, PartyKind, PartyState
from heartline.domain.call_states import CUSTOMER_GONE, TRANSITIONS, CallEvent, CallState
from heartline.domain.calls import Call, CallDirection, advance, changed, linked
from heartline.domain.contacts import Identity, IdentityKind

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CALLER = Party(label=CUSTOMER, kind=PartyKind.CUSTOMER, who="+14155552671", state=PartyState.WAITING, sid="CA1")
AGENT = Party(label="agent-1", kind=PartyKind.AGENT, who="ana", state=PartyState.RINGING, sid="CA2")


def call(state: CallState = CallState.QUEUED, **changes: object) -> Call:
    fields = {
        "id": "CA1",
        "state": state,
        "inbox": "support",
        "number": "+14155550100",
        "caller": Identity(kind=IdentityKind.PHONE, address="+14155552671"),
        "caller_name": "",
        "began": AT,
        "conversation": "c1",
        "queued": AT,
        "agent": "ana",
        "attempt": 1,
        "parties": {CUSTOMER: CALLER, "agent-1": AGENT},
    }
    return Call(**fields | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", list(CallState))
def test_every_state_is_in_the_table_and_every_end_has_no_way_out(state: CallState) -> None:
    ends = {"completed", "voicemail", "callback_requested", "abandoned", "unanswered", "cancelled", "failed"}
    assert (TRANSITIONS[state] == {}) == (state.value in ends)


@pytest.mark.parametrize("state", [state for state in CallState if not TRANSITIONS[state]])
@pytest.mark.parametrize("event", list(CallEvent))
def test_what_is_over_stays_over(state: CallState, event: CallEvent) -> None:
    assert advance(call(state), event, at=AT, text="late") is None


@pytest.mark.parametrize("state", [state for state in CallState if TRANSITIONS[state]])
def test_every_state_leads_to_an_end(state: CallState) -> None:
    reached, ahead = {state}, [state]
    while ahead:
        following = set(TRANSITIONS[ahead.pop()].values()) - reached
        reached |= following
        ahead += following
    assert any(not TRANSITIONS[each] for each in reached)


def test_an_end_says_when_it_was() -> None:
    step = advance(call(CallState.IN_PROGRESS), CallEvent.ENDED, at=AT, text="Talked.")
    assert step is not None
    assert (step.after.ended, step.after.version) == (AT, 1)


def test_an_entry_is_the_same_however_often_it_is_written() -> None:
    steps = [changed(call(), at=AT, text="Ana left the call.") for _ in range(2)]
    assert steps[0].entries == steps[1].entries
    assert steps[0].entries[0].provider_id == "CA1"


def test_what_happens_before_the_conversation_is_known_is_told_once_it_is() -> None:
    early = advance(call(conversation=""), CallEvent.MISSED, at=AT, text="Hung up.")
    assert early is not None
    assert (early.entries, len(early.after.untold)) == ((), 1)
    told = linked(early.after, "c7")
    assert [(entry.conversation, entry.text, entry.event) for entry in told.entries] == [
        ("c7", "Hung up.", "call.missed")
    ]
    assert told.after.untold == ()


@given(st.lists(st.sampled_from(list(PartyState)), max_size=12))
def test_a_leg_only_moves_forward_in_whatever_order_reports_come(states: list[PartyState]) -> None:
    now = call(CallState.IN_PROGRESS)
    for state in states:
        before = now.parties["agent-1"]
        step = moved(now, "agent-1", state, sid="CA2", at=AT)
        now = step.after if step else now
        assert PROGRESS[now.parties["agent-1"].state] >= PROGRESS[before.state]


def test_a_report_about_another_leg_changes_nothing() -> None:
    assert moved(call(), "agent-1", PartyState.LEFT, sid="CA9", at=AT) is None
    assert moved(call(), "agent-9", PartyState.LEFT, sid="CA2", at=AT) is None


def test_a_leg_that_was_given_up_and_is_there_after_all_is_to_be_ended() -> None:
    lost = Party(label="consult-1", kind=PartyKind.NUMBER, who="+14155559999", state=PartyState.LEFT)
    step = moved(call(parties={"consult-1": lost}), "consult-1", PartyState.JOINED, sid="CA3", at=AT)
    assert step is not None
    assert step.after.wants.ends == ("consult-1",)
    assert step.after.parties["consult-1"].here


def test_why_nobody_answered_is_kept_and_how_a_talk_ended_is_not() -> None:
    missed = moved(call(), "agent-1", PartyState.LEFT, sid="CA2", why="busy", at=AT)
    assert missed is not None
    assert missed.after.parties["agent-1"].why == "busy"
    talked = call(parties={"agent-1": replace(AGENT, state=PartyState.JOINED, talked=True)})
    gone = moved(talked, "agent-1", PartyState.LEFT, sid="CA2", why="failed", at=AT)
    assert gone is not None
    assert gone.after.parties["agent-1"].why == ""


def test_an_answer_of_a_customer_begins_the_talk_that_we_called_for() -> None:
    ours = call(CallState.DIALLING, direction=CallDirection.OUTBOUND, expires=AT)
    step = moved(ours, CUSTOMER, PartyState.JOINED, sid="CA1", at=AT)
    assert step is not None
    assert (step.after.state, step.after.answered, step.after.expires) == (CallState.IN_PROGRESS, AT, None)


def test_an_agent_accepts_only_what_is_offered() -> None:
    assert accepted(call(CallState.QUEUED), "CA2", "Ana", AT) is None
    step = accepted(call(CallState.OFFERING), "CA2", "Ana", AT)
    assert step is not None
    assert step.after.parties["agent-1"].talking


@pytest.mark.parametrize(("state", "event"), CUSTOMER_GONE.items())
def test_a_customer_who_hangs_up_ends_the_call(state: CallState, event: CallEvent) -> None:
    step = customer_gone(call(state, answered=AT), failed=False, agent="Ana", wrap=30, at=AT)
    assert step is not None
    assert step.after.over
    assert step.entries[0].event == event
    wrapped = AT + timedelta(seconds=30) if state is CallState.IN_PROGRESS else None
    assert step.after.wrap_until == (wrapped if event is CallEvent.ENDED else step.after.wrap_until)


def test_whoever_hangs_up_while_being_recorded_may_have_spoken() -> None:
    step = customer_gone(call(CallState.RECORDING), failed=False, agent="", wrap=0, at=AT)
    assert step is not None
    assert (step.after.state, step.after.due) == (CallState.RECORDING, AT + timedelta(minutes=10))
    assert customer_gone(step.after, failed=False, agent="", wrap=0, at=AT) is None
    missed = silent(step.after, AT)
    assert missed is not None
    assert missed.after.state is CallState.ABANDONED


def test_the_conference_is_the_one_that_the_present_agent_joined() -> None:
    talk = call(CallState.IN_PROGRESS)
    step = in_conference(talk, "CF1", "agent-1", AT)
    assert step is not None
    assert step.after.conference == "CF1"
    assert in_conference(step.after, "CF2", "agent-1", AT) is None
    assert in_conference(talk, "CF0", "agent-0", AT) is None
    assert in_conference(call(CallState.QUEUED), "CF1", "agent-1", AT) is None
