"""Who is let in when the phone rings, and what the others hear."""

from typing import Any

import pytest

from heartline.domain.contacts import Identity, IdentityKind
from heartline.domain.phrases import Phrase
from heartline.domain.screening import (
    MOST_LIVE,
    Admission,
    BlockedCaller,
    Caller,
    Door,
    Ringing,
    Treatment,
    admission,
    unverified,
)
from heartline.domain.voice_rules import Anonymous, Overflow, VoiceRules
from tests.office import EVA, NOON

OURS = frozenset({"+14155550100", "+14155550101"})
RULES = VoiceRules(calls_per_hour=5)


def ringing(number: str = EVA, *, kind: IdentityKind = IdentityKind.PHONE, forwarded_from: str = "") -> Ringing:
    identity = Identity(kind=kind, address=number)
    return Ringing(call="CA1", inbox="support", identity=identity, forwarded_from=forwarded_from)


def caller(number: str = EVA, *, forwarded_from: str = "", **known: Any) -> Caller:
    return Caller(ringing=ringing(number, forwarded_from=forwarded_from), **known)


def blocked(treatment: Treatment) -> BlockedCaller:
    return BlockedCaller(number=EVA, treatment=treatment, reason="threats", by="lea", at=NOON)


def admitted(known: Caller, rules: VoiceRules = RULES) -> Admission:
    return admission(known, rules, OURS)


def test_whoever_calls_is_let_in_and_counted() -> None:
    assert admitted(caller()) == Admission(door=Door.OPEN, kept=True, below=5)


@pytest.mark.parametrize("known", [caller("+14155550101"), caller(forwarded_from="+14155550100")])
def test_a_call_that_comes_from_one_of_our_own_numbers_is_ended_with_a_sentence(known: Caller) -> None:
    ended = admitted(known)
    assert (ended.door, ended.phrase, ended.metric, ended.kept) == (Door.ENDED, Phrase.IN_A_CIRCLE, "CallLoop", False)


def test_a_call_that_a_customer_forwards_to_us_is_let_in() -> None:
    assert admitted(caller(forwarded_from="+14155550777")).door is Door.OPEN


@pytest.mark.parametrize(("live", "door"), [(0, Door.OPEN), (MOST_LIVE - 1, Door.OPEN), (MOST_LIVE, Door.ENDED)])
def test_many_calls_of_one_number_at_once_are_a_loop(live: int, door: Door) -> None:
    met = admitted(caller(live=live))
    assert met.door is door
    assert (met.phrase is Phrase.CONNECTED) == (door is Door.ENDED)


@pytest.mark.parametrize(
    ("earlier", "door", "kept", "says"),
    [
        (4, Door.OPEN, True, ""),
        (5, Door.BUSY, True, "Called more than 5 times within the hour. Further calls hear a busy tone."),
        (6, Door.BUSY, False, ""),
        (500, Door.BUSY, False, ""),
    ],
)
def test_who_calls_too_often_hears_a_busy_tone_and_the_timeline_says_so_once_an_hour(
    earlier: int, door: Door, kept: bool, says: str
) -> None:
    met = admitted(caller(earlier=earlier))
    assert (met.door, met.kept, met.text) == (door, kept, says)
    assert met.metric == ("CallerCapped" if door is Door.BUSY else "")
    assert met.below == 0 or met.below > earlier  # what is kept can be counted


def test_beyond_the_cap_every_message_is_kept_where_messages_are_taken() -> None:
    rules = VoiceRules(calls_per_hour=5, over_cap=Overflow.VOICEMAIL)
    met = [admitted(caller(earlier=earlier), rules) for earlier in (5, 6, 50)]
    assert {each.door for each in met} == {Door.VOICEMAIL}
    assert all(each.kept and each.below == 0 for each in met)


def test_without_a_cap_nobody_calls_too_often() -> None:
    assert admitted(caller(earlier=500), VoiceRules(calls_per_hour=0)).door is Door.OPEN


@pytest.mark.parametrize(
    ("treatment", "door", "kept"),
    [(Treatment.REJECT, Door.REJECTED, False), (Treatment.VOICEMAIL, Door.VOICEMAIL, True)],
)
def test_a_blocked_number_is_rejected_or_may_leave_a_message(treatment: Treatment, door: Door, kept: bool) -> None:
    met = admitted(caller(blocked=blocked(treatment)))
    assert (met.door, met.kept, met.metric) == (door, kept, "CallerBlocked")


@pytest.mark.parametrize(("rule", "door"), [(Anonymous.ACCEPT, Door.OPEN), (Anonymous.VOICEMAIL, Door.VOICEMAIL)])
def test_a_withheld_number_is_let_in_unless_the_inbox_takes_messages_of_them(rule: Anonymous, door: Door) -> None:
    withheld = Caller(ringing=ringing("CA1", kind=IdentityKind.ANONYMOUS))
    assert admitted(withheld, VoiceRules(anonymous=rule)).door is door


@pytest.mark.parametrize(("verified", "warns"), [("A", False), ("", False), ("B", True), ("C", True), ("failed", True)])
def test_a_number_that_nobody_vouches_for_is_marked(verified: str, warns: bool) -> None:
    assert bool(unverified(verified)) is warns
