"""How an inbox takes and makes calls, as the configuration says it; every mistake is refused with its place."""

from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.voice_rules import Anonymous, CallBackRules, Closed, Overflow, VoiceRules
from heartline.services.configure import read_company


def rules(**fields: Any) -> VoiceRules:
    inbox = {"id": "support", "name": "Support", "voice": ["+14155550100"], "voice_rules": fields}
    return read_company({"inboxes": [inbox], "agents": []}).inboxes[0].voice_rules


def test_without_rules_there_are_the_usual_ones() -> None:
    assert rules() == VoiceRules()


def test_every_rule_is_read() -> None:
    assert rules(
        caller_id="+14155550199",
        wrap_up=0,
        max_wait=60,
        announce_every=15,
        hold_music="/sounds/waltz.mp3",
        call_back={"offer_after": 0, "digit": "", "attempts": 5, "retry_minutes": 30},
        missed_text="Sorry we missed you. Yours, {inbox}",
        text_after_voicemail=True,
        calls_per_hour=0,
        over_cap="voicemail",
        anonymous="voicemail",
        closed="call_back",
    ) == VoiceRules(
        caller_id="+14155550199",
        wrap_up=0,
        max_wait=60,
        announce_every=15,
        hold_music="/sounds/waltz.mp3",
        call_back=CallBackRules(offer_after=0, digit="", attempts=5, retry_minutes=30),
        missed_text="Sorry we missed you. Yours, {inbox}",
        text_after_voicemail=True,
        calls_per_hour=0,
        over_cap=Overflow.VOICEMAIL,
        anonymous=Anonymous.VOICEMAIL,
        closed=Closed.CALL_BACK,
    )


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"wrapup": 3}, "voice_rules.wrapup: unknown field"),
        ({"wrap_up": -1}, "voice_rules.wrap_up: expected a whole number"),
        ({"caller_id": "Acme"}, "voice_rules.caller_id"),
        ({"overflow": "5550777"}, "voice_rules.overflow"),
        ({"hold_music": "http://music.example/waltz.mp3"}, "voice_rules.hold_music"),
        ({"hold_music": "/sounds/../secret"}, "voice_rules.hold_music"),
        ({"call_back": {"attempts": 0}}, "voice_rules.call_back.attempts"),
        ({"call_back": {"digit": "12"}}, "voice_rules.call_back.digit"),
        ({"missed_text": "Hello {name}"}, r"“\{name\}” is no variable"),
        ({"missed_text": "Hello {inbox"}, "is no variable"),
        ({"missed_text": "x" * 481}, "481 characters, 480 at most"),
        ({"over_cap": "shout"}, "voice_rules.over_cap"),
        ({"anonymous": True}, "voice_rules.anonymous: expected text"),
        ({"closed": "open"}, "voice_rules.closed"),
    ],
)
def test_a_mistake_is_refused_with_its_place(fields: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid, match=place):
        rules(**fields)


def test_nobody_is_put_through_to_a_number_of_ours() -> None:
    """The other inbox would tell the caller that they go in a circle."""
    with pytest.raises(Invalid, match="overflow is one of your own numbers"):
        rules(overflow="+14155550100")
