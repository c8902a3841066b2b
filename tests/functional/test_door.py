"""Who rings at the voice webhook: loops, blocked and withheld numbers, what networks vouch for, browsers that dial."""

from copy import deepcopy
from typing import Any

import pytest

from heartline import bootstrap
from heartline.bootstrap import phones
from heartline.domain.call_states import CallState
from heartline.domain.phrases import PHRASES, Phrase
from heartline.domain.screening import BlockedCaller, Treatment
from heartline.services.configure import read_company
from heartline.services.telephone import FROM_THE_INBOX
from tests import handlers
from tests.telephone import DOCUMENT, EVA, NOON, OURS, Configured, Exchange

SALES = "+14155550101"


def with_rules(exchange: Exchange, monkeypatch: pytest.MonkeyPatch, **rules: Any) -> Exchange:
    """The same company with these rules in both inboxes; sales, which has no menu, never opens."""
    document = deepcopy(DOCUMENT)
    for inbox in document["inboxes"]:
        inbox["voice_rules"] = rules
    document["inboxes"][1]["hours"] = {"zone": "Europe/Berlin", "week": {}}
    configured = Configured(read_company(document))
    monkeypatch.setattr(bootstrap, "configuration", lambda: configured)
    handlers.forget()
    return exchange


def blocked(treatment: Treatment) -> None:
    phones.callers().block(BlockedCaller(number=EVA, treatment=treatment, reason="Threats.", by="lea", at=NOON))


@pytest.mark.parametrize("fields", [{"From": OURS}, {"ForwardedFrom": OURS}])
def test_a_call_in_a_circle_hears_a_sentence_and_leaves_nothing(exchange: Exchange, fields: dict[str, str]) -> None:
    ended = exchange.go("", **fields)
    assert (ended.names, ended.words) == (["Say", "Hangup"], PHRASES["en"][Phrase.IN_A_CIRCLE])
    assert (exchange.calls(), exchange.heads()) == ([], [])


def test_a_blocked_number_is_rejected(exchange: Exchange) -> None:
    blocked(Treatment.REJECT)
    rejected = exchange.go("")
    assert (rejected.names, rejected.verb("Reject").get("reason")) == (["Reject"], "rejected")
    assert exchange.calls() == []


def test_a_blocked_number_may_leave_a_message_where_the_lead_says_so(exchange: Exchange) -> None:
    blocked(Treatment.VOICEMAIL)
    assert "Record" in exchange.go("").names
    exchange.settle()
    assert exchange.state() == "recording"
    assert "This number is blocked. The caller was asked for a message." in [m.text for m in exchange.timeline()]


def test_a_withheld_number_is_let_in_and_marked(exchange: Exchange) -> None:
    exchange.online("ana")
    asked = exchange.go("", From="anonymous")
    exchange.go(asked.verb("Gather").get("action"), From="anonymous", Digits="1")
    assert (exchange.call().caller.kind, exchange.call().caller_name) == ("anonymous", "Unknown caller")


def test_a_withheld_number_is_asked_for_a_message_where_the_inbox_says_so(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rules(exchange, monkeypatch, anonymous="voicemail")
    assert "Record" in exchange.go("", From="anonymous").names
    assert exchange.go("").names == ["Gather", "Redirect"]


@pytest.mark.parametrize(
    ("closed", "verbs", "says", "state"),
    [
        ("voicemail", ["Say", "Record", "Say", "Hangup"], "leave a message after the tone", CallState.RECORDING),
        ("message", ["Say", "Hangup"], "call again during our opening hours", CallState.ABANDONED),
        ("call_back", ["Say", "Hangup"], "will call you back", CallState.CALLBACK_REQUESTED),
    ],
)
def test_outside_the_hours_of_an_inbox_without_a_menu_a_caller_meets_what_it_offers(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, closed: str, verbs: list[str], says: str, state: CallState
) -> None:
    with_rules(exchange, monkeypatch, closed=closed)
    met = exchange.go("", To=SALES)
    assert met.names == verbs
    assert says in met.words
    assert exchange.call().state is state


def test_what_the_network_vouches_for_is_kept_with_the_call(exchange: Exchange) -> None:
    exchange.online("ana")
    asked = exchange.go("", StirVerstat="TN-Validation-Failed-A")
    exchange.go(asked.verb("Gather").get("action"), Digits="1", StirVerstat="TN-Validation-Failed-A")
    assert exchange.call().verified == "failed"


def test_a_machine_that_calls_while_its_calls_are_live_is_ended(exchange: Exchange) -> None:
    exchange.online("ana")
    for call in ("CA01", "CA02", "CA03"):
        asked = exchange.go("", CallSid=call)
        exchange.go(asked.verb("Gather").get("action"), CallSid=call, Digits="1")
    assert exchange.go("", CallSid="CA04").words == PHRASES["en"][Phrase.CONNECTED]


def test_a_ring_is_one_read_and_one_write(exchange: Exchange) -> None:
    exchange.table.usage.requests.clear()
    exchange.go("")
    assert exchange.table.usage.requests == {"BatchGetItem": 1, "UpdateItem": 1}


def test_a_browser_that_dials_reaches_no_number(exchange: Exchange) -> None:
    answered = exchange.go("/client", From="client:ana", To="+19005550123")
    assert (answered.names, answered.words) == (["Say", "Hangup"], FROM_THE_INBOX)
    assert exchange.legs.orders == []


def closes(exchange: Exchange, **fields: str) -> None:
    """Twilio reports that the line is closed, as it does of every call."""
    exchange.report(CallStatus="completed", **fields)
    exchange.settle()


def test_who_is_turned_away_at_the_ring_leaves_no_missed_call(exchange: Exchange) -> None:
    blocked(Treatment.REJECT)
    exchange.go("")
    closes(exchange)
    exchange.go("", CallSid="CA01", From=OURS)
    closes(exchange, CallSid="CA01", From=OURS)
    assert (exchange.calls(), exchange.heads()) == ([], [])


def test_beyond_the_cap_only_the_first_call_of_an_hour_is_told(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_rules(exchange, monkeypatch, calls_per_hour=1)
    for call in ("CA01", "CA02", "CA03", "CA04"):
        exchange.go("", CallSid=call)
        closes(exchange, CallSid=call)
    assert len([message for message in exchange.timeline() if message.event == "call.missed"]) == 2


@pytest.mark.parametrize("minutes", [1, 59])
def test_who_hung_up_in_the_menu_is_missed_also_when_the_hour_is_another_by_then(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    with_rules(exchange, monkeypatch, calls_per_hour=1)
    exchange.clock.advance(minutes=30)
    exchange.go("")
    exchange.clock.advance(minutes=minutes)
    closes(exchange)
    assert [message.event for message in exchange.timeline()] == ["call.missed"]


def test_whose_ring_we_could_not_answer_is_missed_all_the_same(exchange: Exchange) -> None:
    closes(exchange)
    assert [message.event for message in exchange.timeline()] == ["call.missed"]
