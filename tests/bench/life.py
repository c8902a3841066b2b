"""What routing writes of a conversation's whole life: from the entry that it waits by to the place that it leaves."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from heartline.services.configure import read_company
from tests.fakes import MemoryTable, Usage
from tests.functional.routed import DOCUMENT, Routed

MOST: Final = 19
"""The most write units of a life from the line to its end, without the timeline's (issue: routing)."""

LISTS: Final = "lists"
POINTER: Final = "open pointer"
LINE: Final = "line in the timeline"
PARTS: Final = {"HEAD": "head", "AG": "agent", "WQ": "wait entry", "TRACE": "trace", "CT": POINTER, "M": LINE}
"""What is written, by the name that the table has for it; whatever else an intake writes is not routing's."""

COLUMNS: Final = ("head", "agent", "wait entry", "trace", LISTS, POINTER)

TOGETHER: Final = 10
"""How many claims of one agent the merged life has in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a life: its requests, and the write units of each part."""

    name: str
    requests: int
    parts: dict[str, int]

    def units_of(self, column: str) -> int:
        return self.parts.get(column, 0)

    @property
    def write_units(self) -> int:
        """All but the timeline's line."""
        return sum(map(self.units_of, COLUMNS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The steps of a life, in their order."""

    name: str
    stages: tuple[Stage, ...]
    offered: bool = False

    @property
    def write_units(self) -> int:
        return sum(stage.write_units for stage in self.stages)

    def units_of(self, column: str) -> int:
        return sum(stage.units_of(column) for stage in self.stages)

    @property
    def own_units(self) -> int:
        return self.write_units - self.units_of(LISTS) - self.units_of(POINTER)

    @property
    def met(self) -> bool:
        """What is offered first is written once more, when it is accepted."""
        return (self.own_units if self.offered else self.write_units) <= MOST


def lives() -> tuple[Life, ...]:
    return (_assigned(), _together(), _offered())


def _assigned() -> Life:
    """A text that is assigned directly and closed by its agent."""
    routed = Routed(table := MemoryTable())
    routed.online("ana")
    routed.text("1")  # the class is known from then on, as in a warm process
    routed.route()
    stages: list[Stage] = []
    with _stage(stages, "waits", table, only=("WQ",)):
        conversation = routed.text("2")
    with _stage(stages, "is assigned", table):
        assert routed.route() == 1
    with _stage(stages, "is closed by its agent", table):
        routed.by_hand.close(conversation, by=routed.profile("ana"))
    return Life(name="a text, assigned directly", stages=tuple(stages))


def _together() -> Life:
    """The mean of texts that wait when an agent comes, who takes them all."""
    document = {**DOCUMENT, "agents": [{**DOCUMENT["agents"][0], "capacity": {"sms": TOGETHER}}]}
    routed = Routed(table := MemoryTable(), company_read=read_company(document))
    routed.text("99")
    routed.handover.close(_waiting(routed)[0])
    stages: list[Stage] = []
    with _stage(stages, "waits", table, only=("WQ",), times=TOGETHER):
        conversations = [routed.text(str(number)) for number in range(1, TOGETHER + 1)]
    routed.online("ana")
    with _stage(stages, f"is assigned with {TOGETHER - 1} others", table, times=TOGETHER):
        assert routed.route() == TOGETHER
    with _stage(stages, "is closed by its agent", table, times=TOGETHER):
        for conversation in conversations:
            routed.by_hand.close(conversation, by=routed.profile("ana"))
    return Life(name=f"one of {TOGETHER} texts that one agent takes at once, on average", stages=tuple(stages))


def _offered() -> Life:
    """Work that rings first: the agent accepts it. What a call writes about itself is in the table above."""
    routed = Routed(table := MemoryTable())
    routed.policy = replace(routed.policy, offers={"sms": 20})
    routed.online("ana")
    routed.text("1")
    routed.route()
    stages: list[Stage] = []
    with _stage(stages, "waits", table, only=("WQ",)):
        conversation = routed.text("2")
    with _stage(stages, "is offered", table):
        assert routed.route() == 1
    with _stage(stages, "is accepted", table):
        assert routed.accept(routed.head(conversation))
    with _stage(stages, "is closed by its agent", table):
        routed.by_hand.close(conversation, by=routed.profile("ana"))
    return Life(name="work that is offered and accepted", stages=tuple(stages), offered=True)


def _waiting(routed: Routed) -> Sequence[str]:
    classes = (each.name for each in routed.store.classes())
    return [waiter.conversation for name in classes for waiter in routed.store.waiters(name, limit=25)]


@contextmanager
def _stage(
    stages: list[Stage], name: str, table: MemoryTable, *, only: Sequence[str] = (), times: int = 1
) -> Iterator[None]:
    """Measure one step, of each of `times` conversations; `only` some parts of it are routing's."""
    table.usage = usage = Usage()
    yield
    table.usage = Usage()
    parts = {PARTS[part]: _each(units, times) for part, units in usage.parts.items() if part in (only or PARTS)}
    lists = {} if only or not usage.index_units else {LISTS: _each(usage.index_units, times)}
    requests = 0 if only else _each(usage.total_requests, times)
    stages.append(Stage(name=name, requests=requests, parts=parts | lists))


def _each(total: int, times: int) -> int:
    return -(-total // times)
