"""What callers are told in their language: every phrase, in every language, with a voice that speaks it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from heartline.domain.errors import Invalid
from heartline.domain.inboxes import Inbox
from heartline.domain.ivr.languages import SPOKEN
from heartline.domain.ivr.model import Ivr
from heartline.domain.lines import Place
from heartline.domain.own_words import said, waiting
from heartline.domain.phrases import PHRASES, VOICES, Phrase
from heartline.domain.voice_rules import VoiceRules
from heartline.services.read_voice_rules import read_voice_rules
from heartline.services.sections import Section


def inbox(language: str = "en-US", *, voices: dict[str, str] | None = None, **rules: Any) -> Inbox:
    ivr = Ivr(start="a", nodes={}, language=language, voices=voices or {})
    return Inbox(id="support", name="Support", ivr=ivr, voice_rules=VoiceRules(**rules))


def words(inbox: Inbox, language: str, stands: Place | None, digit: str) -> str:
    return " ".join(saying.spoken.text for saying in waiting(inbox, language, stands, digit))


@pytest.mark.parametrize(
    ("stands", "digit", "heard"),
    [
        (None, "", ""),
        (Place(position=1, minutes=None), "", "Thank you for waiting. You are next in line."),
        (
            Place(position=4, minutes=1),
            "",
            "Thank you for waiting. You are number 4 in line. The wait is about 1 minute.",
        ),
        (None, "#", "To be called back without losing your place, press pound."),
        (
            Place(position=2, minutes=3),
            "1",
            (
                "Thank you for waiting. You are number 2 in line. The wait is about 3 minutes. "
                "To be called back without losing your place, press 1."
            ),
        ),
    ],
)
def test_what_a_waiting_caller_is_told(stands: Place | None, digit: str, heard: str) -> None:
    assert words(inbox(), "en-US", stands, digit) == heard


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_language_has_every_phrase_with_the_same_variables(language: str) -> None:
    assert VOICES[language] in SPOKEN
    assert set(PHRASES[language]) == set(Phrase)
    for phrase, text in PHRASES[language].items():
        if phrase is not Phrase.MINUTE:
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", PHRASES["en"][phrase]), phrase
        assert "{" not in said(inbox(), VOICES[language], phrase, n=3, key="1").spoken.text


@pytest.mark.parametrize(
    ("language", "spoken", "begins"),
    [
        ("es-US", "es-US", "Gracias por esperar."),
        ("es-ES", "es-ES", "Gracias por esperar."),
        ("es-AR", "es-US", "Gracias por esperar."),
        ("fr-CA", "fr-CA", "Merci de patienter."),
        ("pl-PL", "en-US", "Thank you for waiting."),
        ("", "en-US", "Thank you for waiting."),
    ],
)
def test_a_language_is_spoken_by_a_voice_that_has_it(language: str, spoken: str, begins: str) -> None:
    (saying,) = waiting(inbox(), language, Place(position=1, minutes=None), "")
    assert (saying.language, saying.spoken.text.startswith(begins)) == (spoken, True)
    assert saying.language in SPOKEN


def test_an_unknown_language_is_answered_in_the_inboxes_own() -> None:
    assert said(inbox("de-DE"), "pl-PL", Phrase.THANKS).spoken.text == "Vielen Dank. Auf Wiederhören."


def test_the_inboxes_own_words_and_voices_go_first() -> None:
    own = {"pl-PL": {Phrase.THANKS: "Dziękujemy."}, "en-GB": {Phrase.THANKS: "Cheers."}}
    support = inbox(voices={"es-AR": "Polly.Lupe"}, words=own)
    assert said(support, "pl-PL", Phrase.THANKS).spoken.text == "Dziękujemy."
    assert said(support, "pl-PL", Phrase.NEXT).language == "en-US"
    assert (said(support, "en-US", Phrase.THANKS).language, said(support, "es-AR", Phrase.NEXT).voice) == (
        "en-GB",
        "Polly.Lupe",
    )


def test_words_in_a_language_without_a_voice_are_not_said() -> None:
    own = {"uk-UA": {Phrase.THANKS: "Дякуємо."}}
    assert said(inbox(words=own), "uk-UA", Phrase.THANKS).language == "en-US"
    assert (
        said(inbox(words=own, voices={"uk-UA": "Google.uk-UA-Standard-A"}), "uk-UA", Phrase.THANKS).language == "uk-UA"
    )


def test_an_inbox_without_a_menu_speaks_as_configured() -> None:
    bare = replace(inbox(), ivr=None, voice_rules=VoiceRules(language="nl-NL"))
    assert said(bare, "", Phrase.THANKS).spoken.text == "Dank u. Tot ziens."


def read(**rules: Any) -> VoiceRules:
    return read_voice_rules(Section.at("voice_rules", rules))


def test_words_are_configured_by_language_and_name() -> None:
    rules = read(words={"pl-PL": {"place": "Numer {n}."}}, language="pl-PL")
    assert (rules.words["pl-PL"][Phrase.PLACE], rules.language) == ("Numer {n}.", "pl-PL")


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ({"words": {"pl-PL": {"nonsense": "x"}}}, "unknown field"),
        ({"words": {"polski!": {"thanks": "x"}}}, "is no language"),
        ({"words": {"pl-PL": {"place": "Numer."}}}, "it has to say {n}"),
        ({"words": {"pl-PL": {"thanks": "{n}"}}}, "it has to say no variable"),
        ({"words": {"pl-PL": {"thanks": " "}}}, "1 to 500 characters"),
        ({"language": "tlh"}, "no voice speaks"),
    ],
)
def test_words_that_could_not_be_said_are_refused(rules: dict[str, Any], why: str) -> None:
    with pytest.raises(Invalid, match=re.escape(why)):
        read(**rules)
