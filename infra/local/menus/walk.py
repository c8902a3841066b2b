"""Tries a voice menu in the terminal: what a caller hears, and where keys and words lead. No call is made. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from heartline.domain.inboxes import Inbox
from heartline.domain.ivr.describing import KINDS, summary
from heartline.domain.ivr.model import KEYS, Ivr, Menu, Voicemail
from heartline.domain.ivr.walking import Heard, Place, Turn, step
from heartline.domain.ivr.wish import before_tone, standing_at, wish_of


class Walk:
    """One caller in the menu of an inbox at a moment."""

    def __init__(self, inbox: Inbox, ivr: Ivr, at: datetime) -> None:
        self._inbox, self._ivr = inbox, ivr
        self._standing = standing_at(inbox.hours, at)
        self._turn = step(ivr, Place(), None, self._standing)

    @property
    def over(self) -> bool:
        return not isinstance(self._turn.at, Menu)

    def answer(self, typed: str) -> None:
        """Take a line: a key, words, or nothing, which is silence."""
        heard = Heard(digits=typed) if len(typed) == 1 and typed in KEYS else Heard(speech=typed)
        self._turn = step(self._ivr, self._turn.place, heard, self._standing)

    def told(self) -> Iterator[str]:
        """What happens now, line by line."""
        for saying in self._turn.sayings:
            yield f"  {_heard(saying.spoken.text, saying.spoken.audio)}  [{saying.language}]"
        if isinstance(self._turn.at, Menu):
            yield f"{self._turn.at.name}: {_keys(self._turn.at)}"
        else:
            yield from self._end(self._turn)

    def _end(self, turn: Turn) -> Iterator[str]:
        node = turn.at
        assert not isinstance(node, Menu)  # noqa: S101 - a menu is no end
        if isinstance(node, Voicemail) and not node.prompt:
            for saying in before_tone(replace(self._inbox, ivr=self._ivr), turn.place.language):
                yield f"  {_heard(saying.spoken.text, saying.spoken.audio)}  [{saying.language}]"
        kind = KINDS[type(node)].replace("_", "-")
        yield f"{node.name or 'nowhere'}: {kind}, {summary(node, self._ivr)}"
        yield f"The conversation says: “{wish_of(self._ivr, turn).said}”"


def _heard(text: str, audio: str) -> str:
    return f"♪ {audio}" + (f" “{text}”" if text else "") if audio else f"“{text}”"


def _keys(menu: Menu) -> str:
    return ", ".join(
        f"{choice.digit} {choice.label}" + (f" (or say {' / '.join(choice.words)})" if choice.words else "")
        for choice in menu.choices
    )
