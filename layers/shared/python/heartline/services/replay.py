"""Replays raw copies: asks the intake, where it always runs, to look again at everything of a span of time."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from heartline.domain.held import NO_ADDRESS, NO_NUMBER, Held
from heartline.domain.ledger import Received, State
from heartline.domain.messages import Channel
from heartline.services.hold import HeldStore, Outlet
from heartline.services.ledger import LedgerStore, ProviderLog

_UNOWNED: Final = ("",)
_NOBODYS: Final = frozenset({NO_ADDRESS, NO_NUMBER})
_PAGE: Final = 100
WAITING: Final = "waiting"
TAKEN: Final = "held, now taken in"
STILL_HELD: Final = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a replay sends: raw mails by key, and held things by id. `run` marks its receipts."""

    run: str
    mails: tuple[Received, ...]
    held: tuple[Held, ...]

    @property
    def size(self) -> int:
        return len(self.mails) + len(self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Needs no right but to list the mail bucket, read the table and send to the inbound queue.

    Everything may be replayed twice: guards tell what is known, and only what a newer parser or sanitiser reads better
    changes.
    """

    mails: ProviderLog
    ledger: LedgerStore
    held: HeldStore
    queue: Outlet

    def plan(self, start: datetime, end: datetime, *, channels: Collection[Channel], run: str) -> Plan:
        """Everything from `start` to before `end`: mails by their raw copies, held texts and calls by their forms."""
        held = tuple(entry for entry in self._nobodys(start, end) if entry.channel in channels)
        waiting = {entry.raw_pointer for entry in held}
        raw = self.mails.received(start, end) if Channel.EMAIL in channels else ()
        return Plan(run=run, mails=tuple(mail for mail in raw if mail.id not in waiting), held=held)

    def stored(self, plan: Plan) -> Plan:
        """The part of a plan that is stored already: what can only be made anew."""
        outcomes = self.ledger.outcomes(Channel.EMAIL, [mail.id for mail in plan.mails])
        known = {key for key, outcome in outcomes.items() if outcome.state is State.STORED}
        return Plan(run=plan.run, mails=tuple(mail for mail in plan.mails if mail.id in known), held=())

    def send(self, plan: Plan) -> Iterator[int]:
        """Send it in batches; answers after each how many went out."""
        messages = [
            *({"source": "replay", "key": m.id, "at": m.at.isoformat(), "run": plan.run} for m in plan.mails),
            *({"source": "replay", "held": entry.id} for entry in plan.held),
        ]
        entries = iter(messages)
        while batch := list(islice(entries, _PAGE)):
            self.queue.send(batch)
            yield len(batch)

    def results(self, plan: Plan) -> Counter[str]:
        """How many came out how, by the word in their receipts; those without an answer are `WAITING`."""
        receipts = self.ledger.receipts([mail.id for mail in plan.mails])
        done = Counter(receipt.result for receipt in receipts.values() if receipt.run == plan.run)
        done[WAITING] = len(plan.mails) - done.total()
        if plan.held:
            still = {entry.id for entry in self._nobodys(plan.held[-1].at, None)}
            done[STILL_HELD] += sum(entry.id in still for entry in plan.held)
            done[TAKEN] += sum(entry.id not in still for entry in plan.held)
        return +done

    def _nobodys(self, start: datetime, end: datetime | None) -> Iterator[Held]:
        """What is held for want of an owner, the most recent first; what waits for a person is left to the person."""
        cursor = None
        while True:
            page = self.held.page(_UNOWNED, limit=_PAGE, cursor=cursor)
            for entry in page.items:
                if entry.at < start:
                    return
                if entry.reason in _NOBODYS and (end is None or entry.at < end):
                    yield entry
            cursor = page.next
            if cursor is None:
                return
