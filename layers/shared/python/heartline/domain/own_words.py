"""How an inbox says what no menu says: in the caller's language, with a voice that speaks it. Pure."""

from collections.abc import Iterator
from typing import Final

from heartline.domain.inboxes import Inbox
from heartline.domain.ivr.languages import SPOKEN
from heartline.domain.ivr.model import ENGLISH, Spoken
from heartline.domain.ivr.walking import Saying
from heartline.domain.lines import Place
from heartline.domain.phrases import PHRASES, VOICES, Phrase

_KEYS: Final = {"*": Phrase.STAR, "#": Phrase.POUND}


def language_of(inbox: Inbox) -> str:
    """The language in which an inbox speaks by itself."""
    return inbox.ivr.language if inbox.ivr else inbox.voice_rules.language or ENGLISH


def said(inbox: Inbox, language: str, phrase: Phrase, **values: object) -> Saying:
    """One phrase for a caller of `language` (BCP 47, empty for the inbox's own).

    The first of these that has the words and a voice: the caller's language, the inbox's own, English. Words of the
    configuration go before ours. `values` fill in `{n}` and `{key}`.
    """
    ways = (way for wanted in (language, language_of(inbox), ENGLISH) for way in _ways(inbox, wanted, phrase))
    tag, words = next(ways)
    for name, value in values.items():
        words = words.replace("{" + name + "}", str(value))
    return spoken(inbox, tag, words)


def spoken(inbox: Inbox, language: str, words: str) -> Saying:
    """Words in a language, with the voice that the inbox has for it."""
    return Saying(spoken=Spoken(text=words), language=language, voice=_voices(inbox).get(language, ""))


def waiting(inbox: Inbox, language: str, place: Place | None, digit: str) -> tuple[Saying, ...]:
    """What a waiting caller is told: nothing that is not known."""
    told = _stands(inbox, language, place) if place else ()
    if not digit:
        return told
    key = said(inbox, language, _KEYS[digit]).spoken.text if digit in _KEYS else digit
    return (*told, said(inbox, language, Phrase.OFFER, key=key))


def _stands(inbox: Inbox, language: str, place: Place) -> tuple[Saying, ...]:
    first = place.position == 1
    where = said(inbox, language, Phrase.NEXT if first else Phrase.PLACE, n=place.position)
    if place.minutes is None:
        return (where,)
    return where, said(inbox, language, Phrase.MINUTE if place.minutes == 1 else Phrase.MINUTES, n=place.minutes)


def _ways(inbox: Inbox, language: str, phrase: Phrase) -> Iterator[tuple[str, str]]:
    """The languages with a voice, and their words for the phrase: the configured ones, then ours."""
    base = language.partition("-")[0].lower()
    for tag, own in inbox.voice_rules.words.items():
        if tag.partition("-")[0].lower() == base and phrase in own and _has_voice(inbox, tag):
            yield tag, own[phrase]
    if base in PHRASES:
        tag = language if _has_voice(inbox, language) else VOICES[base]
        yield tag, PHRASES[base][phrase]


def _has_voice(inbox: Inbox, language: str) -> bool:
    return language in SPOKEN or language in _voices(inbox)


def _voices(inbox: Inbox) -> dict[str, str]:
    return dict(inbox.ivr.voices) if inbox.ivr else {}
