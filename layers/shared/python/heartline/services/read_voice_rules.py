"""Reads how an inbox takes and makes calls (`voice_rules`) from the configuration."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from heartline.domain.errors import Invalid
from heartline.domain.ivr.languages import SPOKEN
from heartline.domain.phrases import PHRASES, Phrase
from heartline.domain.voice_rules import CallBackRules, VoiceRules
from heartline.services.forms import E164
from heartline.services.recording_rules import recording_rules
from heartline.services.sections import Section

Choice = TypeVar("Choice", bound=StrEnum)

_FIELDS: Final = (
    "caller_id",
    "wrap_up",
    "max_wait",
    "overflow",
    "announce_every",
    "hold_music",
    "call_back",
    "recording",
    "missed_text",
    "text_after_voicemail",
    "calls_per_hour",
    "over_cap",
    "anonymous",
    "closed",
    "language",
    "words",
)
_MUSIC: Final = re.compile(r"https://[^\s<>\"]{1,500}|/sounds/[A-Za-z0-9._-]{1,100}")
_DIGIT: Final = re.compile(r"[0-9*#]?")
_VARIABLE: Final = re.compile(r"\{[^}]*\}?|\}")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")
_LONGEST_PHRASE: Final = 500
_LONGEST_TEXT: Final = 480
"""Three segments: a text that nobody asked for is short."""


def read_voice_rules(section: Section) -> VoiceRules:
    """Read the rules; a field that is absent has its usual value."""
    section.only(*_FIELDS)
    usual = VoiceRules()
    return VoiceRules(
        caller_id=section.text("caller_id", usual.caller_id, form=E164),
        wrap_up=section.number("wrap_up", usual.wrap_up, least=0, most=900),
        max_wait=section.number("max_wait", usual.max_wait, least=5, most=3600),
        overflow=section.text("overflow", usual.overflow, form=E164),
        announce_every=section.number("announce_every", usual.announce_every, least=10, most=600),
        hold_music=section.text("hold_music", usual.hold_music, form=_MUSIC),
        call_back=_call_back(section.part("call_back")),
        recording=recording_rules(section.part("recording")),
        missed_text=_missed_text(section),
        text_after_voicemail=section.flag("text_after_voicemail", default=usual.text_after_voicemail),
        calls_per_hour=section.number("calls_per_hour", usual.calls_per_hour, least=0, most=1000),
        over_cap=_one_of(section, "over_cap", usual.over_cap),
        anonymous=_one_of(section, "anonymous", usual.anonymous),
        closed=_one_of(section, "closed", usual.closed),
        language=_language(section),
        words=_words(section.part("words")),
    )


def _call_back(section: Section) -> CallBackRules:
    section.only("offer_after", "digit", "attempts", "retry_minutes")
    usual = CallBackRules()
    return CallBackRules(
        offer_after=section.number("offer_after", usual.offer_after, least=0, most=3600),
        digit=section.text("digit", usual.digit, form=_DIGIT),
        attempts=section.number("attempts", usual.attempts, least=1, most=10),
        retry_minutes=section.number("retry_minutes", usual.retry_minutes, least=1, most=1440),
    )


def _language(section: Section) -> str:
    language = section.text("language", "")
    if language and language not in SPOKEN:
        raise Invalid(f"{section.place}.language: no voice speaks “{language}”; known are {', '.join(sorted(SPOKEN))}")
    return language


def _words(section: Section) -> Mapping[str, Mapping[Phrase, str]]:
    """Our phrases in other words, by language and by name."""
    for language in section.content:
        if not isinstance(language, str) or not _TAG.fullmatch(language):
            raise Invalid(f"{section.place}: “{language}” is no language; an example is pl-PL")
    return {language: _phrases(section.part(language)) for language in section.content}


def _phrases(section: Section) -> Mapping[Phrase, str]:
    section.only(*(phrase.value for phrase in Phrase))
    return {Phrase(name): _phrase(section, name) for name in section.content}


def _phrase(section: Section, name: str) -> str:
    """The words, which say what is to be filled in and nothing else that looks like it."""
    text, place = section.text(name), f"{section.place}.{name}"
    wanted = sorted(set(_VARIABLE.findall(PHRASES["en"][Phrase(name)])))
    if sorted(set(_VARIABLE.findall(text))) != wanted:
        raise Invalid(f"{place}: it has to say {', '.join(wanted) or 'no variable'}")
    if not 0 < len(text.strip()) <= _LONGEST_PHRASE:
        raise Invalid(f"{place}: 1 to {_LONGEST_PHRASE} characters")
    return text


def _missed_text(section: Section) -> str:
    """The text with no variable but the inbox's name."""
    text = section.text("missed_text", "")
    place = f"{section.place}.missed_text"
    unknown = sorted(set(_VARIABLE.findall(text)) - {"{inbox}"})
    if unknown:
        raise Invalid(f"{place}: “{unknown[0]}” is no variable; known is {{inbox}}")
    if len(text) > _LONGEST_TEXT:
        raise Invalid(f"{place}: {len(text)} characters, {_LONGEST_TEXT} at most")
    return text


def _one_of(section: Section, name: str, usual: Choice) -> Choice:
    kind = type(usual)
    word = section.text(name, usual.value, form=re.compile("|".join(kind)))
    return kind(word)
