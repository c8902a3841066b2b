"""Takes in raw mails and writes the ledger's row of each: a mail without one was not taken in whole."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heartline.domain.ledger import State
from heartline.domain.messages import Channel
from heartline.services.ledger import LedgerStore, Receipt
from heartline.services.rework import Rework

NEW: Final = "new"
HELD: Final = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMail:
    """`receive` takes in the raw mail of a key and answers the events that it became; it may be repeated."""

    receive: Callable[[str, datetime], tuple[str, ...]]
    rework: Rework
    ledger: LedgerStore

    def __call__(self, key: str, at: datetime) -> None:
        """Take it in for every inbox that it was sent to; the receipt comes last, so that it vouches for all."""
        self.ledger.write(Receipt(key=key, at=at, events=self.receive(key, at)))

    def again(self, key: str, at: datetime, *, run: str) -> None:
        """Replay it: what is known is brought up to date, what is missing is taken in; the receipt says which."""
        outcome = self.ledger.outcomes(Channel.EMAIL, [key]).get(key)
        if outcome is None:
            events = self.receive(key, at)
            self.ledger.write(Receipt(key=key, at=at, events=events, run=run, result=_result(events)))
            return
        receipt = self.ledger.receipts([key])[key]
        result = HELD if outcome.state is State.HELD else self.rework(key, outcome.messages)
        self.ledger.write(Receipt(key=key, at=receipt.at, events=receipt.events, run=run, result=result))


def _result(events: tuple[str, ...]) -> str:
    """What no inbox owns has an event without one."""
    return HELD if all(event.startswith("#") for event in events) else NEW
