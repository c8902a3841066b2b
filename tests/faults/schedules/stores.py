"""Where schedules are played: a table in memory, and the real adapter over moto. Both stop at every request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from heartline.domain.errors import Contended, Unavailable
from heartline.storage.dynamodb import Page, Table
from heartline.storage.expressions import Item, unmarshal
from tests.fakes import MemoryTable
from tests.faults.breaking import Killed
from tests.faults.schedules.stage import Ending, Stage
from tests.tables import dynamodb_client, new_table

Rows = dict[tuple[str, str], Item]

KEPT: Final = 16
"""How many earlier states an index may still show."""


class Store(Protocol):
    """A table, and what of it can be seen behind the back of those who act."""

    @property
    def table(self) -> Table: ...

    def rows(self) -> Rows: ...

    def fault(self, ending: Ending, operation: str) -> BaseException | None: ...


class LaggingTable(MemoryTable):
    """An index shows the table as it was `lag` writes ago: it is the one read that is not strongly consistent."""

    def __init__(self) -> None:
        super().__init__()
        self.lag = 0
        self._earlier: list[Rows] = []

    def rows(self) -> Rows:
        """All items by their keys, as they are: no write changes an item in place."""
        return dict(self._items)

    def remember(self, rows: Rows) -> None:
        self._earlier = [*self._earlier[1 - KEPT :], rows]

    def query(self, partition: str, **words: Any) -> Page:
        if words.get("index") is None or not self.lag or not self._earlier:
            return super().query(partition, **words)
        now, hook = self._items, self.hook
        hook("before", "Query")
        self._items, self.hook = self._earlier[max(-len(self._earlier), -self.lag)], lambda _moment, _operation: None
        try:
            page = super().query(partition, **words)
        finally:
            self._items, self.hook = now, hook
        hook("after", "Query")
        return page


@dataclass(frozen=True, slots=True)
class InMemory:
    """Implements `Store`."""

    table: LaggingTable

    def rows(self) -> Rows:
        rows = self.table.rows()
        self.table.remember(rows)
        return rows

    def fault(self, ending: Ending, operation: str) -> BaseException | None:
        if ending is Ending.CONFLICT:
            return Contended("another transaction writes the same items") if operation in _TRANSACTIONS else None
        return Killed() if ending in _KILLS else Unavailable(ending.value)


_TRANSACTIONS: Final = {"TransactWriteItems", "transact_write_items"}
_KILLS: Final = {Ending.KILLED_BEFORE, Ending.KILLED_AFTER}


@dataclass(frozen=True, slots=True)
class OnMoto:
    """Implements `Store`; the rows are taken from moto itself, which costs no request."""

    table: Table
    name: str

    def rows(self) -> Rows:
        (backend,) = (each["us-east-1"] for each in dynamodb_backends.values() if self.name in each["us-east-1"].tables)
        items = [unmarshal(item.to_json()["Attributes"]) for item in backend.tables[self.name].all_items()]
        return {(item["PK"], item["SK"]): item for item in items}

    def fault(self, ending: Ending, operation: str) -> BaseException | None:
        if ending is Ending.CONFLICT:
            return _conflict() if operation in _TRANSACTIONS else None
        if ending in _KILLS:
            return Killed()
        if ending is Ending.THROTTLED:
            return ClientError({"Error": {"Code": "ThrottlingException", "Message": "Slow down"}}, operation)
        return ReadTimeoutError(endpoint_url="https://dynamodb.example")


def _conflict() -> ClientError:
    """What DynamoDB answers where two transactions meet; the adapter tries again by itself."""
    reasons: Any = [{"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}]
    answer: Any = {"Error": {"Code": "TransactionCanceledException", "Message": ""}, "CancellationReasons": reasons}
    return ClientError(answer, "TransactWriteItems")


@dataclass(frozen=True, slots=True)
class HookedClient:
    """A client whose calls the stage sees."""

    client: Any
    hook: Callable[[str, str], None]

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        call = getattr(self.client, operation)

        def hooked(**request: Any) -> Any:
            self.hook("before", operation)
            answer = call(**request)
            self.hook("after", operation)
            return answer

        return hooked


@contextmanager
def in_memory(stage: Stage) -> Iterator[Store]:
    table = LaggingTable()
    table.hook = stage.hook
    yield InMemory(table)


@contextmanager
def on_moto(stage: Stage) -> Iterator[Store]:
    with mock_aws():
        client: Any = dynamodb_client()
        name = new_table(client)
        hooked: Any = HookedClient(client, stage.hook)
        yield OnMoto(Table(hooked, name, sleep=lambda _seconds: None), name)


STORES: Final = {"memory": in_memory, "moto": on_moto}
