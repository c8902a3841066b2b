"""A company whose stream is read: what happened goes to the timers, which carry it out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from heartline.services.publish import Publish
from heartline.services.snoozes import Replied
from heartline.storage.changelog import ChangeLog
from heartline.storage.expressions import Item
from heartline.storage.stream import causes_of
from tests.fakes import MemoryTable, RecordingQueue
from tests.functional.routed import Routed, books_balance
from tests.functional.test_publish import records
from tests.invariants import violations

EVA: Final = "+14155550001"


class Streamed:
    """`look` publishes what happened since the last look. Eva is the customer, Ana the agent."""

    def __init__(self, table: MemoryTable) -> None:
        self.table, self.routed = table, Routed(table)
        self.timers, self.routing = RecordingQueue(), RecordingQueue()
        self.seen: tuple[Item, ...] = ()

    @property
    def now(self) -> datetime:
        return self.routed.office.clock()

    def look(self) -> list[dict[str, Any]]:
        """Publish what has changed; answers what the timers were told."""
        before, self.seen = self.seen, self.table.everything()
        queues = {name: RecordingQueue() for name in ("outbox", "media", "dialer")}
        publish = Publish(
            log=ChangeLog(MemoryTable()),
            routing=self.routing,
            timers=self.timers,
            clock=self.routed.office.clock,
            **queues,
        )
        told = len(self.timers.messages)
        publish(causes_of(records(before, self.seen)))
        return [dict(message) for message in self.timers.messages[told:]]

    def carry_out(self, *causes: dict[str, Any]) -> None:
        for cause in causes:
            assert cause["due"] == "reply"
            Replied(handover=self.routed.handover)(cause["conversation"], cause["version"], cause["ends"])

    def had(self, number: str = "1") -> str:
        """A conversation of Eva's that Ana has."""
        conversation = self.routed.text(number, sender=EVA)
        self.by_hand("assign", conversation, to=self.routed.profile("ana"))
        return conversation

    def snoozed(self, until: datetime | None = None) -> str:
        conversation = self.had()
        self.by_hand("snooze", conversation, until=until)
        self.look()
        return conversation

    def by_hand(self, step: str, conversation: str, **words: Any) -> None:
        getattr(self.routed.by_hand, step)(conversation, by=self.routed.profile("ana"), **words)

    def written(self) -> list[dict[str, Any]]:
        """Eva writes at this moment: what the stream says of that alone."""
        self.look()
        self.writes("9", 60)
        return self.look()

    def writes(self, sid: str, at: float) -> None:
        """Eva writes, `at` seconds past noon."""
        self.routed.office.ingest(self.routed.office.text(sid, "Any news?", sender=EVA, at=at))


def balanced(table: MemoryTable) -> Iterator[Streamed]:
    """The company, whose books balance after the test."""
    streamed = Streamed(table)
    yield streamed
    books_balance(streamed.routed)
    assert violations(table.everything()) == []
