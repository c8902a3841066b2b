"""What is known of a line: who is in front, how it moved lately, and so what a place in it may mean. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from heartline.domain.messages import Channel
from heartline.domain.pace import Expected, Pace, expected, joined

MOST_KNOWN: Final = 50
"""How many of a line are known by name."""

SPELLS_KEPT: Final = 30
SPELL: Final = 60
"""Seconds of waiting that are counted as one spell."""

STALE: Final = timedelta(seconds=150)
"""Routing writes the line of a telephone at least each minute: what is older is not known any more."""

CALL_LIFE: Final = timedelta(minutes=30)
LIFE: Final = timedelta(hours=8)
"""How long it counts how fast a line moved: in written channels a working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """So many seconds in which somebody waited and could be served, until `ends`, and how many left the line then.

    `more` says that they were at least so many: all who were known by name are gone.
    """

    ends: datetime
    seconds: float
    left: int
    more: bool = False

    @property
    def pace(self) -> Pace:
        return Pace(left=self.left, seconds=self.seconds, more=self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line of one routing class at `at`: its first waiters in order, and how it moved until then, oldest first.

    Whoever leaves it does so for an agent, or for good. `staffed` says whether anybody was online who could take work
    of it, busy or not; `open` whether it was within business hours. Only while both are so its time is counted.
    """

    routing_class: str
    order: tuple[str, ...]
    at: datetime
    spells: tuple[Spell, ...] = ()
    staffed: bool = True
    open: bool = True

    @property
    def on_phone(self) -> bool:
        return self.routing_class.startswith(f"{Channel.VOICE}|")

    @property
    def moves(self) -> bool:
        """Whether somebody waits who could be served."""
        return bool(self.order) and self.staffed and self.open

    def later(self, order: Sequence[str], at: datetime, *, staffed: bool = True, is_open: bool = True) -> "Line":
        """The line as it is found at another look."""
        spells = self._with(self._since(order, at)) if self.moves else self.spells
        return replace(self, order=tuple(order), at=at, spells=spells, staffed=staffed, open=is_open)

    def expected(self, position: int, now: datetime) -> Expected | None:
        """How long a place may still take; None where too few have left lately."""
        return expected(joined(self._paces(now)), position)

    def _since(self, order: Sequence[str], at: datetime) -> Spell:
        left = len(set(self.order).difference(order))
        more = left == len(self.order) >= MOST_KNOWN
        return Spell(ends=at, seconds=max((at - self.at).total_seconds(), 0), left=left, more=more)

    def _with(self, spell: Spell) -> tuple[Spell, ...]:
        """A short spell, and one that nobody left in, is one with the next."""
        *before, last = self.spells or (None,)
        if last is not None and (not last.left or last.seconds + spell.seconds <= SPELL):
            seconds, left = last.seconds + spell.seconds, last.left + spell.left
            spell = replace(spell, seconds=seconds, left=left, more=last.more or spell.more)
        elif last is not None:
            before = [*before, last]
        return tuple(each for each in (*before, spell) if each is not None)[-SPELLS_KEPT:]

    def _paces(self, now: datetime) -> Iterator[Pace]:
        """The newest first; that nobody has left since the last look counts as well."""
        if self.moves:
            yield Pace(left=0, seconds=max((now - self.at).total_seconds(), 0))
        oldest = now - (CALL_LIFE if self.on_phone else LIFE)
        yield from (spell.pace for spell in reversed(self.spells) if spell.ends >= oldest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`position` counts from 1; `minutes` is the expected wait, rounded up, or None where nothing tells it."""

    position: int
    minutes: int | None


def place(line: Line | None, conversation: str, now: datetime) -> Place | None:
    """Where a caller stands, or None where that is not known for certain."""
    if line is None or not _is_known(line, conversation, now):
        return None
    position = line.order.index(conversation) + 1
    wait = line.expected(position, now)
    return Place(position=position, minutes=None if wait is None else _minutes(wait.mean))


def deserted(line: Line | None, conversation: str, now: datetime) -> bool:
    """Whether it is known that nobody is there any more who could take the call."""
    return line is not None and not line.staffed and _is_known(line, conversation, now)


def _is_known(line: Line, conversation: str, now: datetime) -> bool:
    return now - line.at <= STALE and conversation in line.order


def _minutes(seconds: float) -> int:
    return max(1, -(-int(seconds) // 60))
