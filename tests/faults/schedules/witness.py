"""Looks at the table after each write, and at what its writer meant: I1, I2, I3, I6, I7 and I10 hold at every moment.

It knows no condition of the production code: it compares what was there before with what the writer had read.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from heartline.domain.conversations import State
from heartline.domain.inboxes import Staff
from heartline.domain.routing.lifecycle import HOLDING, Move
from heartline.domain.routing.model import ONLINE
from heartline.domain.routing.states import AgentState
from heartline.storage.dynamodb import Table
from heartline.storage.expressions import Item
from heartline.storage.routing import DynamoRouting
from tests.faults.schedules.stage import Stage
from tests.faults.schedules.stores import Rows, Store
from tests.functional.test_publish import records
from tests.place_invariants import PLACE_RULES
from tests.world import world_of

_KINDS = ("AG", "C", "WQ", "SNOOZED")
_HELD = {state.value for state in HOLDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claim that was made: by whom, for whom, and the table as it was just before."""

    actor: object
    moves: tuple[Move, ...]
    before: Rows


@dataclass(slots=True)
class Witness:
    """`told` is given the stream's records of each change. `found` has a sentence for each thing that was wrong."""

    store: Store
    stage: Stage
    told: Callable[[list[dict[str, Any]]], None]
    rows: Rows = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)
    meant: dict[object, tuple[Move, ...]] = field(default_factory=dict)
    tried: dict[object, set[str]] = field(default_factory=lambda: defaultdict(set))
    history: dict[str, set[tuple[Any, ...]]] = field(default_factory=lambda: defaultdict(set))

    def means(self, moves: Sequence[Move]) -> None:
        """Whoever acts now is about to write these transitions in one transaction."""
        self.meant[self.stage.actor] = tuple(moves)
        self.tried[self.stage.actor].update(move.before.id for move in moves)

    def look(self, operation: str) -> None:
        """A request is done."""
        if "read" in operation.lower() or operation.lower().startswith(("get", "query", "batchget", "batch_get")):
            return
        before, self.rows = self.rows, self.store.rows()
        changed = {key for key in before.keys() | self.rows.keys() if before.get(key) is not self.rows.get(key)}
        changed = {key for key in changed if _kind(key) in _KINDS and before.get(key) != self.rows.get(key)}
        if changed:
            self._judge(before, changed)

    def _judge(self, before: Rows, changed: Collection[tuple[str, str]]) -> None:
        heads = [key for key in changed if key[1] == "HEAD"]
        self._remember(heads)
        moves = self._moves_of(heads)
        self.found += self._wrong(before, heads, moves)
        self.told(records(_some(before, changed), _some(self.rows, changed)))

    def _wrong(self, before: Rows, heads: Sequence[tuple[str, str]], moves: Sequence[Move]) -> Iterator[str]:
        world = world_of(self.rows.values())
        for rule in PLACE_RULES:
            yield from rule(world)
        for move in moves:
            yield from stale(move, before)
            yield from overdrawn(move, self.rows)
        if moves and moves[0].gate is not None:
            self.claims.append(Claimed(actor=self.stage.actor, moves=tuple(moves), before=before))
        for key in heads:
            yield from moved_up(key[0].removeprefix("C#"), before.get(key), self.rows.get(key))

    def _moves_of(self, heads: Sequence[tuple[str, str]]) -> list[Move]:
        """Which of the transitions that its writer meant this write was."""
        names = {key[0].removeprefix("C#") for key in heads}
        return [move for move in self.meant.get(self.stage.actor, ()) if move.before.id in names]

    def _remember(self, heads: Sequence[tuple[str, str]]) -> None:
        for key in heads:
            head = self.rows.get(key)
            if head is not None:
                self.history[key[0].removeprefix("C#")].add((head["ver"], head["state"], head.get("rsv")))


class WatchedRouting(DynamoRouting):
    """Says what it means to write; and asks pools in one order, for a set has another one in each process."""

    def __init__(self, table: Table, witness: Witness) -> None:
        super().__init__(table)
        self._witness = witness

    def agents(self, pools: Collection[str]) -> list[AgentState]:
        return super().agents(sorted(pools))

    def move(self, move: Move, *, staff: Staff, token: str = "") -> None:
        self._witness.means([move])
        try:
            super().move(move, staff=staff, token=token)
        finally:
            self._witness.meant.pop(self._witness.stage.actor, None)

    def claim(self, moves: Sequence[Move], *, staff: Staff, token: str) -> Sequence[Move]:
        self._witness.means(moves)
        try:
            return super().claim(moves, staff=staff, token=token)
        finally:
            self._witness.meant.pop(self._witness.stage.actor, None)


def stale(move: Move, before: Rows) -> Iterator[str]:
    """I7: the table was as its writer had read it: the head, and of automatic work the agent."""
    head = before.get((f"C#{move.before.id}", "HEAD"), {})
    met = (head.get("ver"), head.get("state"), head.get("rsv"))
    read = (move.before.version, move.before.state.value, move.before.reservation)
    if met != read:
        yield f"I7: {move.before.id} was moved as {read}, and it was {met}"
    agent = _agent(before, move.after.agent)
    if move.gate is not None and agent is not None:
        if (agent["presence"], agent["epoch"]) != (ONLINE, move.gate.epoch):
            planned = f"{move.before.id} was claimed for {move.after.agent} in epoch {move.gate.epoch}"
            yield f"I7: {planned}, it was {agent['epoch']}"
        yield from _blocked(move, agent)
    if move.must_be_online and agent is not None and agent["presence"] != ONLINE:
        yield f"I7: {move.before.id} was accepted by {move.after.agent}, who is {agent['presence']}"


def _blocked(move: Move, agent: Item) -> Iterator[str]:
    channels = Counter(hold["ch"] for hold in agent["open"].values())
    for blocker in move.gate.blockers if move.gate else ():
        if channels[blocker]:
            yield f"I7: {move.before.id} was claimed for {move.after.agent}, whom work on {blocker} blocks"


def overdrawn(move: Move, after: Rows) -> Iterator[str]:
    """I1: automatic work takes no counter below zero."""
    agent = _agent(after, move.after.agent)
    if move.gate is None or agent is None:
        return
    free = agent[f"free_{move.after.routing_channel.value}"]
    if free < 0:
        yield f"I1: a claim took {move.after.agent} to {free} free on {move.after.routing_channel.value}"
    if "units" in agent and agent["free_units"] < 0:
        yield f"I1: a claim took {move.after.agent} to {agent['free_units']} free units"


def moved_up(name: str, before: Item | None, after: Item | None) -> Iterator[str]:
    """I10: back in the line it has the place that it had; a call and a new wait have one of their own."""
    if before is None or after is None or after["state"] != State.WAITING or before["state"] not in _HELD:
        return
    if before.get("call") != after.get("call") or before["ch"] != after["ch"]:
        return
    place = [(item["band"], item.get("boost", 0), item["enq"]) for item in (before, after)]
    if place[0] != place[1]:
        yield f"I10: {name} went back into the line at {place[1]}, and it had {place[0]}"


def _agent(rows: Rows, name: str | None) -> Item | None:
    return next((item for key, item in rows.items() if key[1] == name and _kind(key) == "AG"), None)


def _some(rows: Rows, keys: Collection[tuple[str, str]]) -> tuple[Item, ...]:
    return tuple(rows[key] for key in sorted(keys) if key in rows)


def _kind(key: tuple[str, str]) -> str:
    return key[0].partition("#")[0]
