"""What a caller wants when the menu is through with them, and what they are told about recording. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from heartline.domain.calls import Wish
from heartline.domain.hours import Hours
from heartline.domain.inboxes import Inbox
from heartline.domain.ivr.model import CallBack, Choice, Ivr, Queue, Voicemail
from heartline.domain.ivr.walking import Saying, Standing, Turn, choices_of, sayings_of, sentence
from heartline.domain.own_words import language_of, said
from heartline.domain.phrases import Phrase
from heartline.domain.recordings import Consent


def wish_of(ivr: Ivr, turn: Turn) -> Wish:
    """The wish at the end of a way; the label of the node, or else that of the last choice, says what it is about."""
    node = turn.at
    choices = choices_of(ivr, turn.place.path)
    wish = Wish(
        said=sentence(choices),
        choice=_label(node) or _last(choices),
        digits=keys_of(turn.place.path),
        language=turn.place.language,
    )
    return replace(wish, requires=node.requires, band=node.band) if isinstance(node, Queue | CallBack) else wish


def keys_of(path: Iterable[str]) -> str:
    """The keys of a way, the first first; whoever came back to a menu has pressed there only what they pressed last."""
    way: dict[str, str] = {}
    for taken in path:
        menu, _, digit = taken.partition(".")
        names = list(way)
        kept = names[: names.index(menu)] if menu in way else names
        way = {name: way[name] for name in kept} | {menu: digit}
    return "".join(way.values())


def before_tone(inbox: Inbox, language: str) -> tuple[Saying, ...]:
    """What a caller of `language` hears before leaving a message: the menu's words, or else our own."""
    if inbox.ivr is None or not inbox.ivr.voicemail:
        return (said(inbox, language, Phrase.MESSAGE),)
    return sayings_of(inbox.ivr, inbox.ivr.voicemail, language)


def announced(inbox: Inbox, country: str, at: datetime) -> Consent | None:
    """What a customer from `country` (ISO 3166) is told before being recorded; None where nothing is recorded."""
    rules = inbox.voice_rules.recording
    if rules.mode == "off":
        return None
    country = country or inbox.country
    language = rules.spoken.get(country) or language_of(inbox)
    return Consent(words=rules.countries.get(country, rules.words), language=language, at=at)


def standing_at(hours: Hours | None, at: datetime) -> Standing:
    """How an inbox with these hours is at a moment."""
    if hours is None or hours.is_open(at):
        return Standing.OPEN
    return Standing.HOLIDAY if hours.holiday(at) else Standing.CLOSED


def _label(node: object) -> str:
    return node.label if isinstance(node, Queue | CallBack | Voicemail) else ""


def _last(choices: tuple[Choice, ...]) -> str:
    return choices[-1].label if choices else ""
