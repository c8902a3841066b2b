"""What is due on a call follows from the call, its conversation and the time, and from nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from heartline.domain.call_due import Due, alarm, due
from heartline.domain.call_parties import CUSTOMER, Mode, Party, PartyKind, PartyState, Transfer, Wants
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, CallDirection, Purpose
from heartline.domain.conversations import Conversation, State
from heartline.domain.messages import Channel
from tests.unit.voice.test_calls import call

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HEAD = Conversation(
    id="c1",
    inbox="support",
    contact="p1",
    contact_name="Eva",
    contact_address="+14155552671",
    subject="",
    state=State.WAITING,
    version=1,
    channels=(Channel.VOICE,),
    routing_channel=Channel.VOICE,
    routing_class="voice|",
    requires={},
    band=5,
    boost=0,
    enqueued=AT,
    preview="",
    last_message_at=AT,
    last_visible="",
    opened_at=AT,
    call="CA1",
)
OFFERED = replace(HEAD, state=State.OFFERED, agent="ana", reservation="r1")


def leg(label: str, state: PartyState, **changes: object) -> Party:
    kind = PartyKind.CUSTOMER if label == CUSTOMER else PartyKind.AGENT
    return Party(label=label, kind=kind, who="", state=state, sid=f"CA-{label}", **changes)  # type: ignore[arg-type]


def with_legs(state: CallState, *legs: Party, **changes: object) -> Call:
    parties = {party.label: party for party in legs}
    return call(state, **{"parties": parties, "reservation": "r1", **changes})


WAITING = leg(CUSTOMER, PartyState.WAITING)
JOINED = leg(CUSTOMER, PartyState.JOINED)
RINGS = leg("agent-1", PartyState.RINGING)
TALKS = leg("agent-1", PartyState.JOINED)
GONE = leg("agent-1", PartyState.LEFT)
ASKED = Transfer(mode=Mode.WARM, note="", by="ana", agent="ben", label="consult-1")


@pytest.mark.parametrize(
    ("it", "head", "wanted"),
    [
        (with_legs(CallState.QUEUED, WAITING, conversation=""), None, Due.TAKE_IN),
        (with_legs(CallState.ABANDONED, WAITING, conversation=""), None, Due.TAKE_IN),
        (with_legs(CallState.IVR, conversation=""), None, None),
        (with_legs(CallState.QUEUED, WAITING), replace(HEAD, merged_into="c9"), Due.FOLLOW),
        (with_legs(CallState.QUEUED, WAITING), HEAD, None),
        (with_legs(CallState.QUEUED, WAITING), replace(HEAD, call=""), Due.LINE_UP),
        (with_legs(CallState.QUEUED, WAITING), replace(HEAD, routing_channel=Channel.SMS), Due.LINE_UP),
        (with_legs(CallState.QUEUED, WAITING), replace(HEAD, state=State.SNOOZED), Due.LINE_UP),
        (with_legs(CallState.QUEUED, WAITING), replace(HEAD, state=State.CLOSED), Due.GIVE_UP),
        (with_legs(CallState.QUEUED, WAITING), OFFERED, Due.OFFER),
        (with_legs(CallState.QUEUED, JOINED), HEAD, Due.TO_LINE),
        (with_legs(CallState.QUEUED, JOINED, TALKS), HEAD, Due.END_LEG),
        (with_legs(CallState.OFFERING, WAITING, RINGS), OFFERED, None),
        (with_legs(CallState.OFFERING, WAITING, RINGS), HEAD, Due.WITHDRAW),
        (with_legs(CallState.OFFERING, WAITING, RINGS), replace(OFFERED, reservation="r2"), Due.WITHDRAW),
        (with_legs(CallState.OFFERING, WAITING, GONE), OFFERED, Due.GIVE_BACK),
        (with_legs(CallState.OFFERING, WAITING, RINGS, expires=AT - timedelta(seconds=2)), OFFERED, Due.GIVE_BACK),
        (with_legs(CallState.IN_PROGRESS, WAITING, TALKS), OFFERED, Due.CONNECT),
        (with_legs(CallState.IN_PROGRESS, leg(CUSTOMER, PartyState.PLACING), TALKS), OFFERED, None),
        (with_legs(CallState.IN_PROGRESS, JOINED, TALKS), OFFERED, None),
        (with_legs(CallState.IN_PROGRESS, JOINED, GONE), OFFERED, Due.FINISH),
        (with_legs(CallState.IN_PROGRESS, JOINED, TALKS, wants=Wants(hold=True)), OFFERED, Due.HOLD),
        (with_legs(CallState.IN_PROGRESS, JOINED, TALKS, wants=Wants(muted={"agent-1": True})), OFFERED, Due.MUTE),
        (with_legs(CallState.IN_PROGRESS, JOINED, TALKS, wants=Wants(recording=False)), OFFERED, Due.RECORD),
        (with_legs(CallState.IN_PROGRESS, JOINED, TALKS, wants=Wants(ends=("agent-1",))), OFFERED, Due.END_LEG),
        (
            with_legs(CallState.IN_PROGRESS, JOINED, TALKS, leg("consult-1", PartyState.WAITING), transfer=ASKED),
            OFFERED,
            Due.PLACE,
        ),
        (
            with_legs(CallState.IN_PROGRESS, JOINED, TALKS, leg("consult-1", PartyState.LEFT), transfer=ASKED),
            OFFERED,
            Due.HANG_ON,
        ),
        (
            with_legs(
                CallState.IN_PROGRESS,
                JOINED,
                GONE,
                leg("consult-1", PartyState.JOINED),
                transfer=replace(ASKED, mode=Mode.COLD),
            ),
            OFFERED,
            Due.PUT_THROUGH,
        ),
        (with_legs(CallState.DIALLING, WAITING, TALKS), OFFERED, Due.PLACE),
        (with_legs(CallState.DIALLING, leg(CUSTOMER, PartyState.RINGING), TALKS), OFFERED, None),
        (with_legs(CallState.DIALLING, leg(CUSTOMER, PartyState.LEFT), TALKS), OFFERED, Due.FINISH),
        (with_legs(CallState.DIALLING, leg(CUSTOMER, PartyState.RINGING), GONE), OFFERED, Due.FINISH),
        (with_legs(CallState.RECORDING, WAITING), HEAD, Due.SETTLE),
        (with_legs(CallState.RECORDING, WAITING, due=AT), replace(HEAD, call=""), Due.GIVE_UP),
        (with_legs(CallState.COMPLETED, JOINED, GONE), OFFERED, Due.END_LEG),
        (with_legs(CallState.COMPLETED, GONE, wrap_until=AT + timedelta(seconds=9)), OFFERED, None),
        (with_legs(CallState.COMPLETED, GONE, wrap_until=AT), OFFERED, Due.SETTLE),
        (with_legs(CallState.COMPLETED, GONE), replace(OFFERED, call="CA7"), None),
        (with_legs(CallState.ABANDONED, WAITING), replace(HEAD, call=""), None),
        (with_legs(CallState.CALLBACK_REQUESTED, due=AT), replace(HEAD, call=""), Due.PROMISE),
        (with_legs(CallState.CALLBACK_REQUESTED), replace(HEAD, call=""), None),
        (with_legs(CallState.PLANNED, due=AT), HEAD, Due.BEGIN),
        (with_legs(CallState.PLANNED, due=AT + timedelta(seconds=1)), HEAD, None),
    ],
)
def test_what_is_due(it: Call, head: Conversation | None, wanted: Due | None) -> None:
    task = due(it, head, AT)
    assert (task.due if task else None) == wanted


def test_a_call_looks_at_its_clock_only_where_nobody_reports() -> None:
    soon = AT + timedelta(seconds=20)
    assert alarm(with_legs(CallState.OFFERING, expires=soon)) == soon + timedelta(seconds=1)
    assert alarm(with_legs(CallState.COMPLETED, wrap_until=soon)) == soon
    assert alarm(with_legs(CallState.PLANNED, due=soon, direction=CallDirection.OUTBOUND)) == soon
    assert alarm(with_legs(CallState.RECORDING, due=soon)) == soon
    assert alarm(with_legs(CallState.QUEUED, expires=soon, purpose=Purpose.CALL_BACK)) is None
