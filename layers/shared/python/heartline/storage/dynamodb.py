"""The table: every request to DynamoDB passes here, and no error of its library leaves here.

It knows requests, pages, transactions and their faults; it does not know conversations.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from boto3.dynamodb.conditions import Attr, ConditionBase, ConditionExpressionBuilder
from botocore.exceptions import BotoCoreError, ClientError

from heartline.domain.errors import Contended, Unavailable
from heartline.storage.expressions import Delete, Item, Put, Update, Write, marshal, request_of, unmarshal
from heartline.storage.keys import Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MISSING: Final = Attr("PK").not_exists()
"""The condition that an item does not exist yet."""

EXISTS: Final = Attr("PK").exists()
"""The condition that an item exists."""

_VERBS: Final = {Put: "Put", Update: "Update", Delete: "Delete"}
_CONFLICT_TRIES: Final = 4
_BATCH: Final = 100
_PUT_BATCH: Final = 25
_PAUSES: Final = (0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0)


class ConditionFailed(Contended):
    """A condition did not hold. `failed` maps the position of each such write to the item that it met ({} if none)."""

    def __init__(self, failed: dict[int, Item]) -> None:
        super().__init__(f"condition failed for write {sorted(failed)}")
        self.failed = failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Items of a query, and the key after which the next page begins (None at the end)."""

    items: list[Item]
    last: Key | None


class Table:
    """One DynamoDB table. Reads are strongly consistent unless they go to an index."""

    def __init__(self, client: "DynamoDBClient", name: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._name = name
        self._sleep = sleep

    def get(self, key: Key) -> Item | None:
        with _translated():
            answer = self._client.get_item(TableName=self._name, Key=marshal(key), ConsistentRead=True)
        return unmarshal(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[Key]) -> dict[tuple[str, str], Item]:
        """Read items by key in as few requests as DynamoDB allows; what does not exist is absent from the answer."""
        found: dict[tuple[str, str], Item] = {}
        wanted = list({(key["PK"], key["SK"]): key for key in keys}.values())  # a key named twice would be refused
        for start in range(0, len(wanted), _BATCH):
            for item in self._batch(wanted[start : start + _BATCH]):
                found[item["PK"], item["SK"]] = item
        return found

    def query(
        self,
        partition: str,
        *,
        sort: ConditionBase | None = None,
        index: str | None = None,
        partition_name: str = "PK",
        limit: int | None = None,
        descending: bool = False,
        after: Key | None = None,
    ) -> Page:
        """Read one page of a partition in the order of its sort key; `sort` is a condition made with `Key("SK")`."""
        from boto3.dynamodb.conditions import Key as KeyCondition

        condition = KeyCondition(partition_name).eq(partition)
        built = ConditionExpressionBuilder().build_expression(
            condition & sort if sort is not None else condition, is_key_condition=True
        )
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": built.condition_expression,
            "ExpressionAttributeNames": built.attribute_name_placeholders,
            "ExpressionAttributeValues": marshal(built.attribute_value_placeholders),
            "ScanIndexForward": not descending,
        }
        request |= {"IndexName": index} if index else {"ConsistentRead": True}
        request |= {"Limit": limit} if limit else {}
        request |= {"ExclusiveStartKey": marshal(after)} if after else {}
        with _translated():
            answer = self._client.query(**request)
        last = answer.get("LastEvaluatedKey")
        return Page(items=[unmarshal(item) for item in answer["Items"]], last=unmarshal(last) if last else None)

    def query_all(self, partition: str, *, sort: ConditionBase | None = None) -> Iterator[Item]:
        """Read every item of a partition, page by page."""
        after: Key | None = None
        while True:
            page = self.query(partition, sort=sort, after=after)
            yield from page.items
            if page.last is None:
                return
            after = page.last

    def count(self, partition: str, *, most: int) -> tuple[int, bool]:
        """How many items a partition has, and whether that is all: from `most` on it is not counted further."""
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": "PK = :partition",
            "ExpressionAttributeValues": marshal({":partition": partition}),
            "Select": "COUNT",
            "ConsistentRead": True,
        }
        found = 0
        while True:
            with _translated():
                answer = self._client.query(**request)
            found += answer["Count"]
            if "LastEvaluatedKey" not in answer or found >= most:
                return found, "LastEvaluatedKey" not in answer
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def write(self, write: Put | Update | Delete) -> Item:
        """Carry out one write on its own; answers the item as it is afterwards for an update, else {}.

        Raises `ConditionFailed` with the item that was met under position 0.
        """
        call = {Put: self._client.put_item, Update: self._client.update_item, Delete: self._client.delete_item}
        extra = {"ReturnValues": "ALL_NEW"} if isinstance(write, Update) else {}
        if write.condition is not None:
            extra["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        with _translated():
            answer: dict[str, Any] = call[type(write)](TableName=self._name, **request_of(write), **extra)  # type: ignore[operator]
        return unmarshal(answer.get("Attributes", {}))

    def put_many(self, items: Iterable[Item]) -> None:
        """Write whole items without any condition, in as few requests as DynamoDB allows; each on its own."""
        waiting = iter(items)
        while batch := list(islice(waiting, _PUT_BATCH)):
            pending: Any = {self._name: [{"PutRequest": {"Item": marshal(item)}} for item in batch]}
            for pause in _pauses():
                self._sleep(pause)
                with _translated():
                    pending = self._client.batch_write_item(RequestItems=pending).get("UnprocessedItems")
                if not pending:
                    break

    def transact(self, writes: Sequence[Write], *, token: str | None = None) -> None:
        """Carry out all writes or none; a conflict with another transaction is tried again a few times.

        Raises `ConditionFailed` (what was met, by position) or `Contended` after the last try.
        """
        request: dict[str, Any] = {"TransactItems": [self._action(write) for write in writes]}
        request |= {"ClientRequestToken": token} if token else {}
        for attempt in range(_CONFLICT_TRIES):
            try:
                with _translated():
                    self._client.transact_write_items(**request)
            except ConditionFailed:
                raise
            except Contended:
                if attempt + 1 == _CONFLICT_TRIES:
                    raise
                self._sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter, not a secret
            else:
                return

    def _action(self, write: Write) -> dict[str, Any]:
        verb = _VERBS.get(type(write), "ConditionCheck")
        return {verb: {"TableName": self._name, "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **request_of(write)}}

    def _batch(self, keys: list[Key]) -> Iterable[Item]:
        pending: Any = {self._name: {"Keys": [marshal(key) for key in keys], "ConsistentRead": True}}
        for pause in _pauses():
            self._sleep(pause)
            with _translated():
                answer = self._client.batch_get_item(RequestItems=pending)
            yield from (unmarshal(item) for item in answer["Responses"].get(self._name, []))
            pending = answer.get("UnprocessedKeys")
            if not pending:
                break


def _pauses() -> Iterator[float]:
    """How many seconds to wait before what DynamoDB has left of a batch is asked for, each time longer.

    Raises `Unavailable` in the end: a function that waits until it is stopped keeps its queue waiting far longer.
    """
    yield from _PAUSES
    raise Unavailable("DynamoDB leaves a part of a batch undone")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the library's errors into ours; a programming error of ours stays what it is."""
    try:
        yield
    except ClientError as error:
        raise _fault_of(error) from error
    except BotoCoreError as error:
        raise Unavailable(f"DynamoDB did not answer: {type(error).__name__}") from error


def _fault_of(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    answer: dict[str, Any] = dict(error.response)
    if code == "ConditionalCheckFailedException":
        return ConditionFailed({0: unmarshal(answer.get("Item", {}))})
    if code == "TransactionCanceledException":
        return _cancellation(answer.get("CancellationReasons", [])) or error
    if code in {"TransactionConflictException", "TransactionInProgressException"}:
        return Contended(code)
    if code in {"ValidationException", "ResourceNotFoundException", "AccessDeniedException"}:
        return error
    return Unavailable(f"DynamoDB refused for now: {code}")


def _cancellation(reasons: list[dict[str, Any]]) -> Exception | None:
    """The fault behind a cancelled transaction; None if the request itself was wrong, which no repetition cures."""
    failed = {
        position: unmarshal(reason.get("Item", {}))
        for position, reason in enumerate(reasons)
        if reason.get("Code") == "ConditionalCheckFailed"
    }
    if failed:
        return ConditionFailed(failed)
    codes = sorted({reason.get("Code", "") for reason in reasons} - {"None", ""})
    if codes == ["TransactionConflict"]:
        return Contended("another transaction writes the same items")
    if "ValidationError" in codes:
        return None
    return Unavailable(f"the transaction was cancelled: {codes}")
