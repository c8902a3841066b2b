"""Reads a voice menu from a configuration; every error names its place.

Whether the menu is sensible, `domain.ivr` checks. What is missing and can be checked there (a target, words) is read as
empty: a menu that is being drawn is never finished.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from heartline.domain.errors import Invalid
from heartline.domain.ivr.model import (
    ENGLISH,
    ByHours,
    CallBack,
    Choice,
    InLanguage,
    Ivr,
    Menu,
    Message,
    Node,
    Prompt,
    Queue,
    Say,
    Spoken,
    Transfer,
    Voicemail,
)
from heartline.services.forms import E164, NAME
from heartline.services.sections import Section

MOST_NODES: Final = 200

_KEY: Final = re.compile(r"[0-9*#]")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_VOICE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_AUDIO: Final = re.compile(r"https://[!-~]+|/sounds/[\w./-]+", re.ASCII)
_PHRASE: Final = re.compile(r"[^,\x00-\x1f]{1,100}")
"""Words to listen for; commas separate them: https://www.twilio.com/docs/voice/twiml/gather#hints"""

_SPOKEN: Final = ("text", "audio")


def read_ivr(section: Section) -> Ivr:
    """Read `{start, language, voices, voicemail, nodes: {name: {kind, …}}}`; docs/ivr.md describes every kind."""
    section.only("start", "language", "voices", "voicemail", "nodes")
    nodes = section.part("nodes")
    if not 0 < len(nodes.content) <= MOST_NODES:
        raise Invalid(f"{nodes.place}: expected 1 to {MOST_NODES} nodes")
    language = section.text("language", ENGLISH, form=_TAG)
    return Ivr(
        start=section.text("start"),
        language=language,
        voices=_voices(section.part("voices")),
        voicemail=_prompt(section, "voicemail", language),
        nodes={name: _node(name, nodes, language) for name in nodes.content},
    )


def _voices(section: Section) -> dict[str, str]:
    for language in section.content:
        _tag(language, section.place)
    return {language: section.text(language, form=_VOICE) for language in section.content}


def _node(name: object, nodes: Section, language: str) -> Node:
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise Invalid(f"{nodes.place}: “{name}” is not a name: write small letters, digits, - and _")
    section = nodes.part(name)
    kind = section.text("kind")
    if kind not in _READERS:
        raise Invalid(f"{section.place}.kind: there is no kind “{kind}”; known are {', '.join(_READERS)}")
    return _READERS[kind](name, section, language)


def _menu(name: str, section: Section, language: str) -> Menu:
    section.only(
        "kind", "prompt", "choices", "otherwise", "no_input", "sorry", "reprompts", "seconds",
    )  # fmt: skip
    usual = Menu(name=name, prompt=Prompt(), choices=(), otherwise="")
    return Menu(
        name=name,
        prompt=_prompt(section, "prompt", language),
        choices=section.each("choices", _choice),
        otherwise=section.text("otherwise", ""),
        no_input=section.text("no_input", ""),
        sorry=_prompt(section, "sorry", language),
        reprompts=section.number("reprompts", usual.reprompts, least=0, most=5),
        seconds=section.number("seconds", usual.seconds, least=1, most=30),
    )


def _choice(section: Section) -> Choice:
    section.only("digit", "label", "to", "words")
    return Choice(
        digit=section.text("digit", form=_KEY),
        label=section.text("label"),
        to=section.text("to", ""),
        words=section.texts("words", _PHRASE),
    )


def _say(name: str, section: Section, language: str) -> Say:
    section.only("kind", "prompt", "to")
    return Say(name=name, prompt=_prompt(section, "prompt", language), to=section.text("to", ""))


def _by_hours(name: str, section: Section, _language: str) -> ByHours:
    section.only("kind", "open", "closed", "holiday")
    return ByHours(
        name=name,
        open=section.text("open", ""),
        closed=section.text("closed", ""),
        holiday=section.text("holiday", ""),
    )


def _in_language(name: str, section: Section, _language: str) -> InLanguage:
    section.only("kind", "language", "to")
    return InLanguage(name=name, language=section.text("language", form=_TAG), to=section.text("to", ""))


def _queue(name: str, section: Section, language: str) -> Queue:
    section.only("kind", "prompt", "label", "requires", "band")
    return Queue(
        name=name,
        prompt=_prompt(section, "prompt", language),
        label=section.text("label", ""),
        requires=section.levels("requires"),
        band=section.number("band", 0, least=0, most=99),
    )


def _voicemail(name: str, section: Section, language: str) -> Voicemail:
    section.only("kind", "prompt", "label")
    return Voicemail(name=name, prompt=_prompt(section, "prompt", language), label=section.text("label", ""))


def _call_back(name: str, section: Section, language: str) -> CallBack:
    section.only("kind", "prompt", "label", "requires", "band")
    return CallBack(
        name=name,
        prompt=_prompt(section, "prompt", language),
        label=section.text("label", ""),
        requires=section.levels("requires"),
        band=section.number("band", 0, least=0, most=99),
    )


def _message(name: str, section: Section, language: str) -> Message:
    section.only("kind", "prompt")
    return Message(name=name, prompt=_prompt(section, "prompt", language))


def _transfer(name: str, section: Section, language: str) -> Transfer:
    section.only("kind", "prompt", "number")
    return Transfer(name=name, prompt=_prompt(section, "prompt", language), number=section.text("number", form=E164))


def _prompt(section: Section, name: str, language: str) -> Prompt:
    """Words, `{text, audio}`, or one of the two for each language."""
    written = section.content.get(name)
    if written is None or written == "":
        return Prompt()
    if isinstance(written, str) or (isinstance(written, Mapping) and written.keys() <= set(_SPOKEN)):
        return Prompt(by_language={language: _spoken(section, name)})
    languages = section.part(name)
    for tag in languages.content:
        _tag(tag, languages.place)
    return Prompt(by_language={tag: _spoken(languages, tag) for tag in languages.content})


def _spoken(section: Section, name: str) -> Spoken:
    written = section.content[name]
    if isinstance(written, str):
        return Spoken(text=written)
    spoken = section.part(name)
    spoken.only(*_SPOKEN)
    audio = spoken.text("audio", "")
    if audio and not _AUDIO.fullmatch(audio):
        raise Invalid(f"{spoken.place}.audio: “{audio}” is no https address and no file under /sounds/")
    return Spoken(text=spoken.text("text", ""), audio=audio)


def _tag(language: object, place: str) -> None:
    if not isinstance(language, str) or not _TAG.fullmatch(language):
        raise Invalid(f"{place}: “{language}” is not a language as en-US")


_READERS: Final[Mapping[str, Callable[[str, Section, str], Node]]] = {
    "menu": _menu,
    "say": _say,
    "hours": _by_hours,
    "language": _in_language,
    "queue": _queue,
    "voicemail": _voicemail,
    "call_back": _call_back,
    "message": _message,
    "transfer": _transfer,
}
