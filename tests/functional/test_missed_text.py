"""A customer who called and reached nobody is texted about it once, if the inbox does that and a text reaches them."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heartline import bootstrap
from heartline.domain.call_states import CallState
from heartline.domain.calls import Call, CallDirection
from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.destinations import LineKind
from heartline.domain.inboxes import Inbox
from heartline.domain.messages import AuthorKind, Message
from heartline.domain.missed import PROMPT, may_follow, text_after
from heartline.domain.voice_rules import VoiceRules
from heartline.services.configure import read_company
from heartline.storage.expressions import Put
from tests import handlers
from tests.telephone import DOCUMENT, EVA, NOON, OURS, Configured, Exchange, hang_up, in_line, recorded, talking

WORDS = "Sorry we missed you. Yours, Support"


@pytest.fixture
def texting(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> Exchange:
    """Support texts whoever it misses."""
    return follows_up(exchange, monkeypatch, missed_text="Sorry we missed you. Yours, {inbox}")


def follows_up(exchange: Exchange, monkeypatch: pytest.MonkeyPatch, **rules: Any) -> Exchange:
    document = deepcopy(DOCUMENT)
    document["inboxes"][0]["voice_rules"] = rules
    configured = Configured(read_company(document))
    monkeypatch.setattr(bootstrap, "configuration", lambda: configured)
    handlers.forget()
    return exchange


def texts(exchange: Exchange) -> list[Message]:
    return [message for message in exchange.timeline() if message.channel.value == "sms"]


def test_who_hangs_up_in_line_gets_a_text_in_the_same_conversation(texting: Exchange) -> None:
    texting.online("ana")
    in_line(texting)
    texting.settle()
    hang_up(texting)
    texting.settle()
    (text,) = texts(texting)
    assert text.text.startswith(WORDS)
    assert (text.conversation, text.author.kind) == (texting.head().id, AuthorKind.SYSTEM)
    assert texting.call().followed_up


def test_who_hangs_up_in_the_menu_gets_one_too(texting: Exchange) -> None:
    texting.go("")
    hang_up(texting)
    texting.settle()
    assert len(texts(texting)) == 1


def test_a_call_is_followed_once_however_often_it_is_looked_at(texting: Exchange) -> None:
    texting.go("")
    hang_up(texting)
    texting.settle()
    item = texting.table.get({"PK": f"CALL#{texting.call().id}", "SK": "CALL"})
    assert item is not None
    texting.table.write(Put(item={name: value for name, value in item.items() if name != "fup"}))  # died before that
    texting.settle()
    assert len(texts(texting)) == 1


def test_who_was_answered_gets_none(texting: Exchange) -> None:
    texting.online("ana")
    talking(texting)
    hang_up(texting)
    texting.settle()
    assert texts(texting) == []


@pytest.mark.parametrize(("rule", "sent"), [(False, 0), (True, 1)])
def test_who_left_a_message_gets_one_only_where_the_inbox_says_so(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, rule: bool, sent: int
) -> None:
    voicemail = {"calls_per_hour": 1, "over_cap": "voicemail"}
    follows_up(exchange, monkeypatch, missed_text="Sorry", text_after_voicemail=rule, **voicemail)
    exchange.go("", CallSid="CA00")
    assert "Record" in exchange.go("").names
    exchange.settle()
    recorded(exchange)
    hang_up(exchange)
    exchange.settle()
    assert exchange.call().state is CallState.VOICEMAIL
    assert len(texts(exchange)) == sent


def test_without_a_text_nobody_gets_one(exchange: Exchange) -> None:
    exchange.go("")
    hang_up(exchange)
    exchange.settle()
    assert texts(exchange) == []
    assert exchange.call().followed_up


def test_who_hears_a_busy_tone_gets_none(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    follows_up(exchange, monkeypatch, missed_text="Sorry", calls_per_hour=1)
    assert exchange.go("", CallSid="CA00").names == ["Gather", "Redirect"]
    busy = exchange.go("")
    assert (busy.names, busy.verb("Reject").get("reason")) == (["Reject"], "busy")
    exchange.settle()
    assert "Called more than 1 times within the hour. Further calls hear a busy tone." in [
        message.text for message in exchange.timeline()
    ]
    assert texts(exchange) == []


CALL = Call(
    id="CA1",
    state=CallState.ABANDONED,
    inbox="support",
    number=OURS,
    caller=Identity(kind=IdentityKind.PHONE, address=EVA),
    caller_name="Eva",
    began=NOON,
    ended=NOON,
)
INBOX = Inbox(id="support", name="Support", sms_numbers=(OURS,), voice_rules=VoiceRules(missed_text="Yours, {inbox}"))


@pytest.mark.parametrize("kind", LineKind)
def test_only_what_may_be_a_mobile_is_texted(kind: LineKind) -> None:
    assert bool(text_after(CALL, INBOX, kind)) is (kind in {LineKind.MOBILE, LineKind.LANDLINE_OR_MOBILE})


@pytest.mark.parametrize(
    "call",
    [
        replace(CALL, caller=Identity(kind=IdentityKind.ANONYMOUS, address="CA1")),
        replace(CALL, verified="failed"),
        replace(CALL, state=CallState.VOICEMAIL),
    ],
    ids=["withheld", "forged", "left-a-message"],
)
def test_nobody_is_texted_who_hides_or_whose_number_may_be_forged_or_who_has_said_it_all(call: Call) -> None:
    assert text_after(call, INBOX, LineKind.MOBILE) == ""


def test_an_inbox_without_a_text_number_texts_nobody() -> None:
    assert text_after(CALL, replace(INBOX, sms_numbers=()), LineKind.MOBILE) == ""


@pytest.mark.parametrize(
    ("changes", "passed", "follows"),
    [
        ({}, timedelta(minutes=1), True),
        ({"state": CallState.FAILED}, timedelta(0), True),
        ({}, PROMPT, False),
        ({"followed_up": True}, timedelta(0), False),
        ({"direction": CallDirection.OUTBOUND}, timedelta(0), False),
        ({"answered": NOON}, timedelta(0), False),
        ({"state": CallState.CALLBACK_REQUESTED}, timedelta(0), False),
        ({"state": CallState.COMPLETED}, timedelta(0), False),
    ],
)
def test_only_a_customer_who_reached_nobody_just_now_is_followed(
    changes: dict[str, Any], passed: timedelta, follows: bool
) -> None:
    assert may_follow(replace(CALL, **changes), NOON + passed) is follows
