"""Twilio's forms for calls are read the same way at every step."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from heartline.channels.twilio.webhook import read_request
from heartline.channels.voice.parse import parse_call, parse_report
from heartline.domain.call_parties import PartyState
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.errors import Invalid
from heartline.services.call_ports import CallRequest, LegReport, Line, RoomReport
from tests.twilio_requests import PUBLIC_URL, form, request


def parsed(query: str = "", **changes: Any) -> CallRequest:
    event = request("/webhooks/voice", form("call", **changes), query=query)
    return parse_call(read_request(event, public_url=PUBLIC_URL))


def test_a_ringing_call() -> None:
    call = parsed()
    assert call.call == "CA5f1f2a3b4c5d6e7f8091a2b3c4d5e6f7"
    assert call.caller == Identity(kind=IdentityKind.PHONE, address="+14155552671")
    assert call.number == "+14155550100"
    assert call.line is Line.OPEN


@pytest.mark.parametrize("sender", ["anonymous", "Anonymous", "+266696687", "", "RESTRICTED"])
def test_a_withheld_number_is_a_caller_of_this_call_only(sender: str) -> None:
    call = parsed(From=sender)
    assert call.caller == Identity(kind=IdentityKind.ANONYMOUS, address=call.call)
    assert call.caller_name == "Unknown caller"


@pytest.mark.parametrize(
    ("verstat", "verified"),
    [
        ("TN-Validation-Passed-A", "A"),
        ("TN-Validation-Passed-B", "B"),
        ("TN-Validation-Passed-C-Diverted", "C"),
        ("TN-Validation-Failed-A", "failed"),
        ("TN-Validation-Failed", "failed"),
        ("No-TN-Validation", ""),
        ("TN-Validation-Passed-Ace", ""),
        ("", ""),
    ],
)
def test_what_the_callers_network_vouches_for_is_kept(verstat: str, verified: str) -> None:
    assert parsed(StirVerstat=verstat).verified == verified


@pytest.mark.parametrize(("said", "number"), [("+14155550100", "+14155550100"), ("(415) 555-0100", "+14155550100")])
def test_who_forwarded_the_call_is_kept(said: str, number: str) -> None:
    assert parsed(ForwardedFrom=said).forwarded_from == number
    assert parsed(ForwardedFrom="anonymous").forwarded_from == parsed().forwarded_from == ""


def test_the_query_is_ours() -> None:
    call = parsed("attempt=2&conversation=c1&since=1795374060")
    assert (call.attempt, call.conversation) == (2, "c1")
    assert call.since == datetime(2026, 11, 22, 19, 1, tzinfo=UTC)


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 40, "²", "1e3", ""])
def test_a_nonsense_number_is_none(nonsense: str) -> None:
    call = parsed(urlencode({"told": nonsense, "attempt": nonsense, "since": nonsense}))
    assert (call.told, call.attempt, call.since) == (0, 0, None)


def test_the_agents_leg_speaks_about_the_callers_call() -> None:
    assert parsed("call=CAparent&attempt=1", CallSid="CAchild", ParentCallSid="CAparent").call == "CAparent"


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ("ringing", Line.OPEN),
        ("in-progress", Line.OPEN),
        ("completed", Line.CLOSED),
        ("no-answer", Line.CLOSED),
        ("canceled", Line.CLOSED),
        ("busy", Line.CLOSED),
        ("failed", Line.FAILED),
        ("", Line.OPEN),
        ("brand-new", Line.OPEN),
    ],
)
def test_the_status_says_whether_the_line_is_open(status: str, line: Line) -> None:
    assert parsed(CallStatus=status).line is line


def test_who_hangs_up_in_the_queue_has_closed_the_line() -> None:
    assert parsed(QueueResult="hangup", CallStatus="in-progress").line is Line.CLOSED
    assert parsed(QueueResult="leave", CallStatus="in-progress").line is Line.OPEN


def reported(query: str = "", **fields: str) -> LegReport | RoomReport | None:
    return parse_report(f"{PUBLIC_URL}/webhooks/status?{query}", urlencode(fields))


@pytest.mark.parametrize(
    ("status", "state", "why"),
    [
        ("initiated", None, ""),
        ("ringing", PartyState.RINGING, ""),
        ("in-progress", PartyState.JOINED, ""),
        ("completed", PartyState.LEFT, ""),
        ("busy", PartyState.LEFT, "busy"),
        ("no-answer", PartyState.LEFT, "no-answer"),
        ("canceled", PartyState.LEFT, "canceled"),
        ("failed", PartyState.LEFT, "failed"),
        ("brand-new", None, ""),
    ],
)
def test_a_leg_that_we_placed_reports_by_the_query_of_its_address(
    status: str, state: PartyState | None, why: str
) -> None:
    report = reported("call=CA1&leg=agent-2&about=leg", CallSid="CA2", CallStatus=status)
    assert isinstance(report, LegReport)
    assert (report.call, report.label, report.sid) == ("CA1", "agent-2", "CA2")
    assert (report.state, report.why) == (state, why)


def test_a_callers_own_leg_is_its_call() -> None:
    report = reported(CallSid="CA1", CallStatus="completed", From="+14155552671", To="+14155550100")
    assert isinstance(report, LegReport)
    assert (report.call, report.label, report.request.number) == ("CA1", "", "+14155550100")


def test_of_a_conference_only_who_joins_is_news() -> None:
    fields = {"ConferenceSid": "CF1", "ParticipantLabel": "agent-1", "CallSid": "CA2"}
    joined = reported("call=CA1&about=room", StatusCallbackEvent="participant-join", **fields)
    assert joined == RoomReport(call="CA1", conference="CF1", label="agent-1", sid="CA2")
    assert reported("call=CA1&about=room", StatusCallbackEvent="participant-leave", **fields) is None


def test_a_report_of_a_text_is_none_of_a_call() -> None:
    assert reported(MessageSid="SM1", MessageStatus="delivered") is None


@pytest.mark.parametrize("name", ["call", "leg", "conversation", "inbox", "class"])
def test_a_name_that_nobody_of_ours_has_given_is_invalid(name: str) -> None:
    with pytest.raises(Invalid):
        parsed(urlencode({"call": "CA1", name: "x" * 3000}))


@pytest.mark.parametrize("about", ["leg", "room"])
def test_a_report_about_a_call_with_a_name_without_end_is_invalid(about: str) -> None:
    fields = {"StatusCallbackEvent": "participant-join", "CallSid": "CA888", "CallStatus": "completed"}
    with pytest.raises(Invalid):
        reported(f"call={'x' * 3000}&leg=a&about={about}", **fields)
    with pytest.raises(Invalid):
        reported("about=leg", **fields | {"CallSid": "x" * 3000})


def test_a_form_about_no_call_is_invalid() -> None:
    with pytest.raises(Invalid):
        parsed(CallSid="")
