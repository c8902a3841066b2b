"""What an inbox records and keeps is read as a whole; what could not be carried out is said at once."""

from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.recordings import RecordingRules, Transcribed
from heartline.services.configure import read_company


def rules(**recording: Any) -> RecordingRules:
    inbox = {"id": "support", "name": "Support", "voice_rules": {"recording": recording}}
    return read_company({"inboxes": [inbox]}).inboxes[0].voice_rules.recording


def test_nothing_is_recorded_or_transcribed_unless_an_inbox_says_so() -> None:
    assert rules() == RecordingRules()
    assert (rules().mode, rules().transcribe, rules().keep_days) == ("off", Transcribed.NONE, 90)


def test_everything_that_an_inbox_may_say_is_read() -> None:
    read = rules(
        mode="on",
        words="This call is recorded.",
        countries={"DE": {"words": "Dieses Gespräch wird aufgezeichnet."}},
        keep_days=0,
        transcribe="all",
        languages=["en-US"],
        redact=True,
    )
    assert read.countries == {"DE": "Dieses Gespräch wird aufgezeichnet."}
    assert (read.keep_days, read.transcribe, read.languages, read.redact) == (0, Transcribed.ALL, ("en-US",), True)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"mode": "on"}, "words: say that the call is recorded"),
        ({"mode": "on", "words": "  "}, "words: say that the call is recorded"),
        ({"mode": "always"}, "mode"),
        ({"keep_days": -1}, "keep_days"),
        ({"keep_days": 4000}, "keep_days"),
        ({"keep_days": True}, "keep_days"),
        ({"transcribe": True}, "transcribe"),
        ({"transcribe": "talks"}, "transcribe"),
        ({"languages": ["english"]}, "languages"),
        ({"languages": "en-US"}, "languages"),
        ({"redact": True}, "redact: works for one language"),
        ({"redact": True, "languages": ["de-DE"]}, "redact: works for one language"),
        ({"redact": True, "languages": ["en-US", "es-US"]}, "redact: works for one language"),
        ({"countries": {"Germany": {"words": "x"}}}, "countries: “Germany” is no country"),
        ({"countries": {"DE": {"words": ""}}}, "countries.DE.words"),
        ({"countries": {"DE": {"said": "x"}}}, "countries.DE.said: unknown field"),
        ({"keep": 3}, "keep: unknown field"),
    ],
)
def test_what_could_not_be_carried_out_names_its_place(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules(**wrong)
    assert str(refused.value).startswith("configuration.inboxes[0].voice_rules.recording")
    assert place in str(refused.value)
