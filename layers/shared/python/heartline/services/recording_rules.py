"""Reads what an inbox records and how long it keeps it (`voice_rules.recording`) from the configuration."""

import re
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.ivr.languages import SPOKEN
from heartline.domain.recordings import REDACTED_LANGUAGES, RecordingRules, Transcribed
from heartline.services.sections import Section

_FIELDS: Final = ("mode", "words", "countries", "keep_days", "transcribe", "languages", "redact")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_LONGEST: Final = 3650
"""Days; 0 keeps for ever."""


def recording_rules(section: Section) -> RecordingRules:
    """Read the rules; raises `Invalid` for what could not be carried out later."""
    section.only(*_FIELDS)
    usual = RecordingRules()
    rules = RecordingRules(
        mode=section.text("mode", usual.mode, form=re.compile("off|on")),
        words=section.text("words", usual.words),
        countries=_countries(section.part("countries")),
        spoken=_spoken(section.part("countries")),
        keep_days=section.number("keep_days", usual.keep_days, least=0, most=_LONGEST),
        transcribe=Transcribed(section.text("transcribe", usual.transcribe, form=re.compile("|".join(Transcribed)))),
        languages=section.texts("languages", _LANGUAGE),
        redact=section.flag("redact", default=usual.redact),
    )
    _announced(section, rules)
    _redactable(section, rules)
    return rules


def _countries(section: Section) -> dict[str, str]:
    """Other words for callers from a country: {"DE": {"words": "…"}}."""
    for name in section.content:
        if not isinstance(name, str) or not _COUNTRY.fullmatch(name):
            raise Invalid(f"{section.place}: “{name}” is no country; expected two capital letters (ISO 3166)")
    return {str(name): _words(section.part(str(name))) for name in section.content}


def _words(section: Section) -> str:
    section.only("words", "language")
    return section.text("words")


def _spoken(section: Section) -> dict[str, str]:
    """The languages of those words, where they are not the inbox's own."""
    languages = {str(name): section.part(str(name)).text("language", "") for name in section.content}
    for name, language in languages.items():
        if language and language not in SPOKEN:
            raise Invalid(f"{section.place}.{name}.language: no voice speaks “{language}”; an example is de-DE")
    return {name: language for name, language in languages.items() if language}


def _announced(section: Section, rules: RecordingRules) -> None:
    """Nobody is recorded who was not told."""
    if rules.mode == "on" and not rules.words.strip():
        raise Invalid(f"{section.place}.words: say that the call is recorded, or set mode to off")
    for country, words in rules.countries.items():
        if not words.strip():
            raise Invalid(f"{section.place}.countries.{country}.words: say that the call is recorded")


def _redactable(section: Section, rules: RecordingRules) -> None:
    if rules.redact and not (len(rules.languages) == 1 and set(rules.languages) <= REDACTED_LANGUAGES):
        known = " or ".join(sorted(REDACTED_LANGUAGES))
        raise Invalid(f"{section.place}.redact: works for one language, {known}; set languages to it")
