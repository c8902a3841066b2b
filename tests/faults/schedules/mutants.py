"""Known ways to break routing: what the schedules are worth is whether they find each of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

import pytest
from boto3.dynamodb.conditions import Attr

from heartline.domain.conversations import Conversation
from heartline.domain.errors import Unavailable
from heartline.domain.routing import lifecycle, ranking
from heartline.domain.routing.lifecycle import Move
from heartline.domain.routing.model import AgentOrder
from heartline.services import route, wakes
from heartline.services.handover import Handover
from heartline.storage import routing_writes, stream
from heartline.storage.dynamodb import EXISTS
from heartline.storage.expressions import Put, Update, Write
from heartline.storage.intake import DynamoIntake
from heartline.storage.routing import DynamoRouting

Patch = pytest.MonkeyPatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A way to break it, and the rule that must say so first."""

    breaks: Callable[[Patch], None]
    rule: str


class _AnyEpoch(Attr):
    def eq(self, value: Any) -> Any:
        return EXISTS if self.name == "epoch" else super().eq(value)


class _AnyCount(Attr):
    def gte(self, _: Any) -> Any:
        return EXISTS


def _without_epoch(patch: Patch) -> None:
    patch.setattr(routing_writes, "Attr", _AnyEpoch)


def _without_counter(patch: Patch) -> None:
    patch.setattr(routing_writes, "Attr", _AnyCount)


def _without_version(patch: Patch) -> None:
    """Whoever is second writes over what the first did."""
    before = routing_writes._head_write

    def unfenced(move: Move) -> Update:
        return replace(before(move), condition=EXISTS)

    patch.setattr(routing_writes, "_head_write", unfenced)


def _without_reservation(patch: Patch) -> None:
    _without_version(patch)
    patch.setattr(routing_writes, "_held", lambda _head: EXISTS)


def _with_a_new_key(patch: Patch) -> None:
    before = lifecycle.returned

    def younger(head: Conversation) -> Conversation:
        return replace(before(head), enqueued=head.enqueued + timedelta(seconds=1))

    patch.setattr(lifecycle, "returned", younger)


def _freed_twice(patch: Patch) -> None:
    before = routing_writes._release

    def twice(move: Move, key: Any) -> Update:
        update = before(move, key)
        channel = f"free_{move.before.routing_channel.value}"
        return replace(update, add={**update.add, channel: 2})

    patch.setattr(routing_writes, "_release", twice)


def _entry_left(patch: Patch) -> None:
    before = routing_writes._entry_writes
    patch.setattr(
        routing_writes, "_entry_writes", lambda move: [each for each in before(move) if isinstance(each, Put)]
    )


def _without_continuation(patch: Patch) -> None:
    patch.setattr(route.Route, "_go_on", lambda *_args, **_words: None)


def _without_end(patch: Patch) -> None:
    before = route.Route._go_on
    patch.setattr(route.Route, "_go_on", lambda self, rest, **_: before(self, rest, again=True))


def _without_timer(patch: Patch) -> None:
    patch.setattr(wakes.Wakes, "at", lambda *_: None)


def _freed_quietly(patch: Patch) -> None:
    patch.setattr(stream, "_QUIET_CAUSES", {*stream._QUIET_CAUSES, "freed"})


def _youngest_first(patch: Patch) -> None:
    before = DynamoRouting.waiters
    patch.setattr(DynamoRouting, "waiters", lambda self, name, **words: before(self, name, **words)[::-1])


def _acknowledged_at_once(patch: Patch) -> None:
    before = DynamoIntake.store

    def store(self: DynamoIntake, intake: Any) -> None:
        try:
            before(self, intake)
        except Unavailable:
            return

    patch.setattr(DynamoIntake, "store", store)


def _busiest_first(patch: Patch) -> None:
    before = ranking.MEASURES[AgentOrder.LOAD_IDLE]
    patch.setitem(ranking.MEASURES, AgentOrder.LOAD_IDLE, lambda *case: -before(*case))


def _offers_left(patch: Patch) -> None:
    patch.setattr(Handover, "clear", lambda *_: False)


def _two_transactions(patch: Patch) -> None:
    """The head is written, and then the agent: a crash between the two leaves half."""
    from heartline.storage import routing

    def halves(table: Any, writes_of: Any, staff: Any, *, held_by: str | None = None, token: str = "") -> None:  # noqa: ARG001
        writes: Sequence[Write] = writes_of(staff)
        table.transact(writes[:1])
        if writes[1:]:
            table.transact(writes[1:])

    patch.setattr(routing, "carry_out", halves)


MUTANTS: Final[Mapping[str, Mutant]] = {
    "a claim asks for no epoch": Mutant(breaks=_without_epoch, rule="I7"),
    "a claim asks for no free slot": Mutant(breaks=_without_counter, rule="I1"),
    "a transition asks for no version": Mutant(breaks=_without_version, rule="I7"),
    "a release asks for no reservation": Mutant(breaks=_without_reservation, rule="I7"),
    "what goes back is younger": Mutant(breaks=_with_a_new_key, rule="I10"),
    "a slot is freed twice": Mutant(breaks=_freed_twice, rule="I2"),
    "a wait entry is left": Mutant(breaks=_entry_left, rule="I3"),
    "head and agent are two transactions": Mutant(breaks=_two_transactions, rule="I3"),
    "a tick that is cut short asks for no other": Mutant(breaks=_without_continuation, rule="I8"),
    "each tick asks for another": Mutant(breaks=_without_end, rule="I9"),
    "time wakes nobody": Mutant(breaks=_without_timer, rule="R6"),
    "a freed slot wakes nobody": Mutant(breaks=_freed_quietly, rule="I8"),
    "a line is served from its end": Mutant(breaks=_youngest_first, rule="I5"),
    "what was throttled is acknowledged": Mutant(breaks=_acknowledged_at_once, rule="I4"),
    "the busiest is asked first": Mutant(breaks=_busiest_first, rule="I11"),
    "offers of who has left stay": Mutant(breaks=_offers_left, rule="R13"),
}
