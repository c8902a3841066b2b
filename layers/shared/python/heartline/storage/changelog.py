"""The change log: one entry per batch of the stream, in one gapless order, so that a reader never misses a change."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from boto3.dynamodb.conditions import Key

from heartline.domain.errors import Unavailable
from heartline.services.ports import Changes
from heartline.storage import keys
from heartline.storage.dynamodb import MISSING, ConditionFailed, Table
from heartline.storage.expressions import Put

LIFE: Final = timedelta(days=2)
"""A browser that was away for longer reads its lists anew."""

READ_LIMIT: Final = 100
_TRUSTED: Final = LIFE / 4
"""How long a writer may believe the last number it saw: well within the life of the entry that has it."""

_TRIES: Final = 20


class ChangeLog:
    """Implements `services.ports.ChangeFeed`, and appends.

    A number is taken by writing it, so two writers never share one and none is left out. Old entries expire from the
    table, and their numbers must not be taken again: a writer that has not looked for a while looks first.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._last = 0
        self._looked: datetime | None = None

    def append(self, *, conversations: Sequence[str], agents: Sequence[str], at: datetime) -> int:
        """Write one entry behind the last and answer its number."""
        content = {"convs": list(conversations), "agents": list(agents), "ttl": int((at + LIFE).timestamp())}
        self._look(at)
        for _ in range(_TRIES):
            number = self._last + 1
            try:
                self._table.write(Put(item={**keys.change(number), **content}, condition=MISSING))
            except ConditionFailed:
                self._last = max(self.last(), number)
            else:
                self._last = number
                return number
        raise Unavailable("the change log is being written by too many at once")

    def _look(self, at: datetime) -> None:
        if self._looked is None or at - self._looked > _TRUSTED:
            self._last = self.last()
        self._looked = at

    def last(self) -> int:
        """Answer the number of the newest entry, 0 if there is none."""
        page = self._table.query("CHANGES", limit=1, descending=True)
        return int(page.items[0]["SK"]) if page.items else 0

    def after(self, cursor: int) -> Changes:
        """Read what came after `cursor`; a cursor that is older than the log, or ahead of it, is a reset."""
        entries = self._table.query("CHANGES", sort=Key("SK").gt(f"{cursor:015d}"), limit=READ_LIMIT).items
        if not entries:
            last = self.last()
            return Changes(conversations=(), agents=(), cursor=last, reset=last != cursor)
        newest = int(entries[-1]["SK"])
        return Changes(
            conversations=tuple(dict.fromkeys(name for entry in entries for name in entry["convs"])),
            agents=tuple(dict.fromkeys(name for entry in entries for name in entry["agents"])),
            cursor=newest,
            reset=newest != cursor + len(entries),
        )
