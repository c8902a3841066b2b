"""How a caller walks a menu: from a place and what was heard to what is said next and where they stand then. Pure.

A place is small enough to travel in a URL, so that no step has to look anything up. What no longer exists, because the
configuration changed during the call, begins again at the start.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from heartline.domain.ivr.keys import KEY_NAMES
from heartline.domain.ivr.model import ByHours, Choice, InLanguage, Ivr, Menu, Prompt, Say, Spoken, Target, Voicemail

LONGEST_PATH: Final = 20
"""How many choices a call remembers; repeating a menu is none."""

LOST: Final = Voicemail(name="")
"""Where a caller ends whom the menu leads nowhere: somebody will call back."""

_SORRY: Final = {
    "de": "Das habe ich leider nicht verstanden.",
    "en": "Sorry, I did not get that.",
    "es": "Lo siento, no le he entendido.",
    "fr": "Désolé, je n'ai pas compris.",
    "it": "Mi dispiace, non ho capito.",
    "nl": "Sorry, dat heb ik niet begrepen.",
    "pt": "Desculpe, não entendi.",
}


class Standing(StrEnum):
    """How the inbox is at the moment."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a caller is: the menu, how often it was asked in vain, their language, and the choices that led here.

    A choice in `path` is `<node>.<digit>`. Nothing at all is the beginning.
    """

    node: str = ""
    attempt: int = 0
    language: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the caller did: pressed a key, or said something; neither is silence."""

    digits: str = ""
    speech: str = ""

    def __bool__(self) -> bool:
        return bool(self.digits or self.speech.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing that is said, in which language and with which voice (empty: the provider's usual one)."""

    spoken: Spoken
    language: str
    voice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What happens next: the sayings in order, then `at` asks its question, or is where the way ends."""

    sayings: tuple[Saying, ...]
    at: Menu | Target
    place: Place


def step(ivr: Ivr, place: Place, heard: Heard | None, standing: Standing) -> Turn:
    """The turn after `heard` at `place`; None is the first moment of a call. The same question has the same answer."""
    menu = ivr.nodes.get(place.node)
    if heard is None or not isinstance(menu, Menu):
        begin = Place(node=ivr.start, language=_language(ivr, place.language), path=place.path)
        return _arrive(ivr, begin, standing)
    place = replace(place, language=_language(ivr, place.language))
    choice = chosen(menu, heard)
    if choice is not None:
        return _arrive(ivr, _after(place, menu, choice), standing)
    if place.attempt >= menu.reprompts:
        to = menu.no_input if menu.no_input and not heard else menu.otherwise
        return _arrive(ivr, replace(place, node=to, attempt=0), standing)
    again = replace(place, attempt=place.attempt + 1)
    said = () if not heard else (_sorry(ivr, menu, place.language),)
    return Turn(sayings=(*said, *_sayings(ivr, menu.prompt, place.language)), at=menu, place=again)


def chosen(menu: Menu, heard: Heard) -> Choice | None:
    """The choice that a key or words stand for: the key first, then the longest words that were said."""
    if heard.digits:
        return next((choice for choice in menu.choices if choice.digit == heard.digits[:1]), None)
    said = plain(heard.speech)
    spoken = ((plain(words), choice) for choice in menu.choices for words in choice.words)
    fitting = [(len(phrase), choice) for phrase, choice in spoken if phrase and f" {phrase} " in f" {said} "]
    return max(fitting, key=lambda fit: fit[0], default=(0, _named(menu, said)))[1]


def _named(menu: Menu, said: str) -> Choice | None:
    """The choice whose key is all that was said: “two” is a key, and “two bikes” is not."""
    return next((choice for choice in menu.choices if said in _names_of(choice.digit)), None)


def _names_of(key: str) -> tuple[str, ...]:
    return (key, *(plain(name) for name in KEY_NAMES[key]))


def plain(words: str) -> str:
    """Words as they are compared: lower case, no accents, no punctuation."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", words) if not unicodedata.combining(mark))
    return " ".join(re.sub(r"[^\w]+", " ", bare.casefold()).split())


def choices_of(ivr: Ivr, path: Iterable[str]) -> tuple[Choice, ...]:
    """The choices of a path, in order; those that the configuration no longer has are left out."""
    found: list[Choice] = []
    for step_taken in path:
        name, _, digit = step_taken.partition(".")
        menu = ivr.nodes.get(name)
        choices = menu.choices if isinstance(menu, Menu) else ()
        found.extend(choice for choice in choices if choice.digit == digit)
    return tuple(found)


def sentence(choices: Iterable[Choice]) -> str:
    """What the conversation says of the way through the menu."""
    made = ", ".join(f"{choice.digit}: {choice.label}" for choice in choices)
    return f"Called and chose {made}." if made else "Called."


def sayings_of(ivr: Ivr, prompt: Prompt, language: str) -> tuple[Saying, ...]:
    """A prompt as a caller of `language` hears it; nothing where it is empty."""
    return _sayings(ivr, prompt, _language(ivr, language))


def _arrive(ivr: Ivr, place: Place, standing: Standing) -> Turn:
    """Go on from `place` until somebody has to say something, or the way ends; a circle ends it as well."""
    said: list[Saying] = []
    passed: set[str] = set()
    while place.node not in passed:
        passed.add(place.node)
        node = ivr.nodes.get(place.node, LOST)
        match node:
            case Say():
                said.extend(_sayings(ivr, node.prompt, place.language))
                place = replace(place, node=node.to)
            case InLanguage():
                place = replace(place, node=node.to, language=node.language)
            case ByHours():
                place = replace(place, node=_branch(node, standing))
            case _:
                said.extend(_sayings(ivr, node.prompt, place.language))
                return Turn(sayings=tuple(said), at=node, place=place)
    return Turn(sayings=tuple(said), at=LOST, place=place)


def _branch(node: ByHours, standing: Standing) -> str:
    ways = {Standing.OPEN: node.open, Standing.CLOSED: node.closed, Standing.HOLIDAY: node.holiday or node.closed}
    return ways[standing]


def _after(place: Place, menu: Menu, choice: Choice) -> Place:
    taken = () if choice.to == menu.name else (f"{menu.name}.{choice.digit}",)
    return replace(place, node=choice.to, attempt=0, path=(*place.path, *taken)[-LONGEST_PATH:])


def _sorry(ivr: Ivr, menu: Menu, language: str) -> Saying:
    if menu.sorry:
        return _sayings(ivr, menu.sorry, language)[0]
    ours = _SORRY.get(language.partition("-")[0])
    return _saying(ivr, language, Spoken(text=ours)) if ours else _saying(ivr, "en-US", Spoken(text=_SORRY["en"]))


def _sayings(ivr: Ivr, prompt: Prompt, language: str) -> tuple[Saying, ...]:
    return (_saying(ivr, *prompt.in_language(language)),) if prompt else ()


def _saying(ivr: Ivr, language: str, spoken: Spoken) -> Saying:
    return Saying(spoken=spoken, language=language, voice=ivr.voices.get(language, ""))


def _language(ivr: Ivr, language: str) -> str:
    """The language of the caller; the menu's own if it speaks no such language (any more)."""
    known = {node.language for node in ivr.nodes.values() if isinstance(node, InLanguage)}
    return language if language in known else ivr.language
